"""A whole instance in this process: every role at work on real servers, at a time that the test decides."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from cli.compose import Instance, compose
from cli.front import bind, front, serve
from cli.health import Health
from cli.pages import pages_of
from cli.parts import parts
from cli.readers import lags
from cli.settings import Settings
from cli.supervisor import Supervisor
from clock import MovableClock
from sink import SmtpSink
from suppliers.people import RegisterStaff
from suppliers.ports import SYSTEM, Role
from tests.stories.browser import Browser, Page
from tests.stories.mails import sign_in
from tests.web.quickly import compiled_once

PATIENCE = 30.0


@dataclass(frozen=True, kw_only=True)
class House:
    """The instance, the mails it sends, and its clock."""

    instance: Instance
    sink: SmtpSink
    clock: MovableClock
    base_url: str

    def browser(self) -> Browser:
        return Browser(self.base_url, timeout=60)

    async def administrator(self, name: str, email: str) -> None:
        """As `tierce admin add` does it."""
        command = RegisterStaff(name=name, email=email, roles=frozenset({Role.ADMINISTRATOR}))
        receipt = await self.instance.store.office.issue(command, actor=SYSTEM)
        assert await self.instance.waiting.wait(("people",), receipt.position, PATIENCE)

    async def sign_in(self, browser: Browser, email: str) -> Page:
        return await sign_in(browser, self.sink, email)

    async def facts(self) -> list[str]:
        """What happened so far, by its names, oldest first."""
        return [fact.topic for fact in await self.instance.store.feed.read(0, 100_000)]

    async def rows(self) -> int:
        """How much is kept, wherever that is, but for what counts tries."""
        tables = ("event_log", "letters", "evidence_blobs", "sessions", "vendor_sessions", "vendor_codes")
        counts = " + ".join(f"(SELECT count(*) FROM {table})" for table in tables)
        return int(await self.instance.store.pool.fetchval(f"SELECT {counts}"))

    def go_to(self, day: date, hour: int = 9) -> datetime:
        """Let the clock stand there."""
        self.clock.set(datetime.combine(day, time(hour), tzinfo=self.clock.now().tzinfo))
        return self.clock.now()

    @property
    def today(self) -> date:
        return self.clock.now().date()

    def in_days(self, days: int) -> str:
        return (self.today + timedelta(days=days)).isoformat()

    async def happened(self, topic: str, times: int = 1) -> list[str]:
        """Wait until it has happened that often."""
        await eventually(self.facts, lambda facts: facts.count(topic) >= times, f"{topic} {times} times")
        facts = await self.facts()
        assert facts.count(topic) == times, f"{topic} happened {facts.count(topic)} times"
        return facts


async def eventually(look: Callable[..., object], right: Callable[..., bool], what: str, within: float = PATIENCE):  # type: ignore[no-untyped-def]
    """Look again and again until it is right."""
    deadline = asyncio.get_running_loop().time() + within
    while not right(found := await look()):  # type: ignore[misc]
        assert asyncio.get_running_loop().time() < deadline, f"not {what} within {within} s, but {found}"
        await asyncio.sleep(0.05)
    return found


async def shown(browser: Browser, path: str, *sentences: str) -> Page:
    """The page, as soon as its views have what was recorded."""
    page = await eventually(lambda: browser.open(path), lambda page: all(each in page.text for each in sentences), path)
    return page.says(*sentences)  # type: ignore[no-any-return]


@asynccontextmanager
async def house(database: str, nats_url: str, sink: SmtpSink, clock: MovableClock) -> AsyncIterator[House]:
    listener = bind("127.0.0.1", 0)
    base_url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    settings = Settings(
        database_url=database,
        nats_url=nats_url,
        smtp_url=sink.url,
        secret_key="for-tests-only-for-tests-only-for-tests-only",
        base_url=base_url,
        sender="Meridian Bank <risk@meridian.example>",
        company="Meridian Bank",
    )
    async with compose(settings, clock=clock, dated_by_clock=True, name="story") as instance:
        supervisor, opened = Supervisor(), asyncio.Event()
        app = front(
            Health(instance.dependencies, partial(lags, instance.store.pool), supervisor.roles),
            pages=compiled_once(pages_of(instance)),
        )
        supervisor.add("web", lambda: serve(app, listener, opened.set))
        for name, part in ((name, part) for named in parts(instance).values() for name, part in named.items()):
            supervisor.add(name, part)
        running = asyncio.create_task(supervisor.run())
        await asyncio.wait_for(opened.wait(), PATIENCE)
        try:
            yield House(instance=instance, sink=sink, clock=clock, base_url=base_url)
        finally:
            supervisor.stop()
            await running
            listener.close()
