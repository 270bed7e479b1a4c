"""A PostgreSQL of one's own that keeps what it is given, a store under load, and a projector that follows."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg

from cli.clock import SystemClock
from cli.embedded.postgres import Postgres
from cli.pool import open_pool
from cli.store import Store, open_store
from events.recorder import PostgresRecorder
from migrations import migrate
from projections import storage
from projections.all import VIEWS
from projections.projector import Projector
from suppliers.attestation_rules import attestation_rules
from suppliers.commands import handlers
from suppliers.policy import policy
from suppliers.questionnaires.library import library
from tests.drills.load import Load, broken_promises
from tests.drills.sealing import Seals
from tests.events.proxy import Proxy
from tests.oracle import behind, discrepancies

RECOVERY = 60.0
"""Seconds within which work has to go on after a fault, and views to catch up; generous, for a busy machine."""


@dataclass(kw_only=True)
class Site:
    """Where faults are tried."""

    folder: Path
    postgres: Postgres
    dsn: str
    store: Store
    load: Load
    seals: Seals
    chance: random.Random
    proxy: Proxy | None = None
    projecting: list[asyncio.Task[None]] = field(default_factory=list)

    def project(self) -> None:
        """One more projector, in this process; two do no harm."""
        projector = Projector(self.store.feed, self.store.pool, VIEWS)
        self.projecting.append(asyncio.create_task(projector.run(asyncio.Event())))

    async def cut_projectors(self) -> None:
        """In the middle of whatever they do."""
        for task in self.projecting:
            task.cancel()
        await asyncio.gather(*self.projecting, return_exceptions=True)
        self.projecting.clear()

    async def goes_on(self) -> None:
        """Until somebody is answered again."""
        done = self.load.acknowledged
        assert await _soon(lambda: self._answered(done)), "nobody was answered again"

    async def _answered(self, done: int) -> bool:
        return self.load.acknowledged > done

    async def verdict(self) -> list[str]:
        """What is wrong once everything has come to rest."""
        async with open_pool(self.dsn, connections=2) as pool:
            recorder = PostgresRecorder(pool)
            head = await recorder.head()
            await _soon(lambda: _caught_up(pool, head))
            return [
                *await broken_promises(self.load.notes, recorder),
                *await discrepancies(pool, heads=self.seals.heads),
            ]


async def _caught_up(pool: asyncpg.Pool, head: int) -> bool:
    return not await behind(pool, VIEWS, head)


async def _soon(look: Callable[[], Awaitable[bool]]) -> bool:
    for _ in range(int(RECOVERY / 0.05)):
        if await look():
            return True
        await asyncio.sleep(0.05)
    return False


Fault = Callable[[Site], Awaitable[None]]


@asynccontextmanager
async def site(
    folder: Path, chance: random.Random, *, settings: Sequence[str] = (), connections: int = 10, proxied: bool = False
) -> AsyncIterator[Site]:
    """`proxied`: everybody but the oracle goes through a line that can be cut."""
    postgres = Postgres(folder / "postgres", settings=settings)
    postgres.start()
    async with AsyncExitStack() as closing:
        closing.callback(postgres.stop)
        postgres.wait()
        await migrate(postgres.dsn())
        proxy = await closing.enter_async_context(Proxy(postgres.dsn())) if proxied else None
        store = await closing.enter_async_context(stored(proxy.dsn if proxy else postgres.dsn(), connections))
        async with store.pool.acquire() as connection:
            await storage.prepare(connection, VIEWS)  # as every process does before it begins
        load = Load(store, chance)
        seals = Seals(store.pool)
        made = Site(
            folder=folder,
            postgres=postgres,
            dsn=postgres.dsn(),
            store=store,
            load=load,
            seals=seals,
            chance=chance,
            proxy=proxy,
        )
        sealing = asyncio.create_task(seals.run())
        closing.callback(sealing.cancel)
        closing.push_async_callback(made.cut_projectors)
        made.project()
        yield made


@asynccontextmanager
async def stored(dsn: str, connections: int = 10) -> AsyncIterator[Store]:
    table = handlers(policy(), library(), attestation_rules())
    async with open_store(dsn, handlers=table, clock=SystemClock(), connections=connections, name="drill") as store:
        await store.listen()
        yield store


async def under_load(made: Site, fault: Fault, times: int) -> list[str]:
    """The fault again and again while people work, who must be answered again each time; then the verdict."""
    working = asyncio.create_task(made.load.run())
    try:
        await made.goes_on()
        for _ in range(times):
            await asyncio.sleep(made.chance.uniform(0.1, 0.5))
            await fault(made)
            await made.goes_on()
        made.load.stop()
        await working
    finally:
        working.cancel()  # when something is wrong: whoever works on would keep the pool from closing
    wrong = await made.verdict()
    failed = sorted(made.load.failures)
    print(
        f"{len(made.load.notes)} commands, {made.load.acknowledged} acknowledged; failures: {failed}; {wrong or 'well'}"
    )
    return wrong
