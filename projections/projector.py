"""Keeps all views up with the log: one reading, one loading and one transaction for all that stand at one place."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from projections import builds, storage, troubles
from projections.follower import Follower, Status
from projections.line import Line, lent
from projections.pace import Pace
from projections.step import take
from projections.view import View
from suppliers.ports import Feed

if TYPE_CHECKING:
    from projections.storage import Pool

log = logging.getLogger(__name__)

STANDS = "SELECT name, position FROM view_positions WHERE name = ANY($1)"

PAUSE = 1.0
"""Seconds after a failure, and at most between two looks at the log."""
TOO_SOON = 0.05
"""Seconds; whoever is woken again and again and finds nothing takes a little longer."""


class Projector:
    """Runs in one process at a time; a second one does no harm, it only works in vain."""

    def __init__(self, feed: Feed, pool: Pool, views: Iterable[View[Any]], *, batch: int = 500) -> None:
        self._feed = feed
        self._pool = pool
        self._followers = [Follower(view) for view in views]
        self._pace = Pace(batch)
        self._head = 0
        self._drained = False
        """Whether the last reading came to the end of the log."""
        self._prepared = False
        self._told: set[str] = set()
        """The views of which trouble is written down."""
        self._looked = 0.0

    @property
    def status(self) -> tuple[Status, ...]:
        """How every view is doing, as far as this process knows."""
        return tuple(follower.status(self._head) for follower in self._followers)

    async def run(self, stop: asyncio.Event) -> None:
        """Follow the log until told to stop."""
        while not stop.is_set():
            try:
                await self._prepare()
                async with lent(self._pool) as line:
                    await self._follow(line, stop)
            except Exception:
                log.exception("views cannot follow the log")
                await until(stop, PAUSE)

    async def catch_up(self) -> None:
        """Take what is on the log now; views that are stopped stay behind."""
        while await self.step():
            pass

    async def step(self) -> int:
        """One batch for every view that runs; how many events were read."""
        await self._prepare()
        async with lent(self._pool) as line:
            return await self._step(line)

    async def _follow(self, line: Line, stop: asyncio.Event) -> None:
        """As long as the connection is good."""
        idle, stopping = 0, asyncio.ensure_future(stop.wait())
        try:
            while not (stopping.done() or line.broken):
                if await self._step(line):
                    idle = 0
                    if self._at_head:  # who asked again would mostly hear that there is no more
                        await self._rest(stopping)
                    continue
                begun, idle = time.monotonic(), idle + 1
                await self._rest(stopping)
                if idle > 1 and time.monotonic() - begun < TOO_SOON:  # what woke us cannot be read
                    await until(stop, TOO_SOON)
        finally:
            stopping.cancel()

    async def _step(self, line: Line) -> int:
        await self._await_builds()
        running = [each for each in self._followers if each.runs]
        taken = 0
        for after in sorted({each.position for each in running}):
            group = [each for each in running if each.position == after]
            if group and not line.broken:
                taken += await self._take(line, group, after, self._limit(running, after))
        return taken

    def _limit(self, running: Iterable[Follower], after: int) -> int:
        """A view that is behind reads up to where the next one stands, so that both go on together."""
        ahead = [each.position for each in running if each.position > after]
        limit = self._pace.limit
        return min(limit, min(ahead) - after) if ahead else limit

    async def _take(self, line: Line, group: Sequence[Follower], after: int, limit: int) -> int:
        try:
            events = await self._feed.read(after, limit, on=line.connection)
        except Exception as reason:
            at, topic = getattr(reason, "position", None), getattr(reason, "topic", "")
            line.broken = at is None
            _stop(group, f"The log cannot be read: {reason}", reason, at=at, topic=topic)
            await self._tell(group)
            return 0
        self._drained = len(events) < limit
        if not events:
            return 0
        self._head = max(self._head, events[-1].position)
        try:
            with self._pace.of(len(events)):
                await take(line, group, events)
        except storage.Overtaken:
            log.warning("views were moved by another projector")
            await self._reload()
        except Exception as reason:
            line.broken = True
            _stop(group, f"{type(reason).__name__}: {reason}", reason)
        await self._tell(group)
        return len(events)

    async def _tell(self, group: Iterable[Follower]) -> None:
        """Write down who is in trouble and who is not any longer; the views go on also if that cannot be done."""
        fresh = [trouble for each in group if (trouble := each.trouble) is not None]
        over = [each.view.name for each in group if each.trouble is None and each.view.name in self._told]
        try:
            if fresh:
                await troubles.put(self._pool, fresh)
                self._told.update(each.view for each in fresh)
            if over:
                await troubles.clear(self._pool, over)
                self._told.difference_update(over)
        except Exception as reason:
            log.warning("cannot write down which views are in trouble: %s", reason)

    async def _prepare(self) -> None:
        if not self._prepared:
            async with self._pool.acquire() as connection:
                await storage.prepare(connection, [each.view for each in self._followers])
                await troubles.prepare(connection)
            await self._reload()
            self._told = await troubles.known(self._pool)
            self._prepared = True

    async def _reload(self) -> None:
        """Where each build that is live stands."""
        found, names = await builds.found(self._pool), [each.view.name for each in self._followers]
        stands = {row["name"]: row["position"] for row in await self._pool.fetch(STANDS, names)}
        for follower in self._followers:
            name = follower.view.name
            follower.stands(found.get(name), stands.get(name, 0))
        self._looked = time.monotonic()

    async def _await_builds(self) -> None:
        """A view that another release made is followed once it has been built anew."""
        if any(each.build is None for each in self._followers) and time.monotonic() - self._looked > PAUSE:
            await self._reload()

    @property
    def _at_head(self) -> bool:
        """Whether all that run have taken all that there was."""
        return self._drained and len({each.position for each in self._followers if each.runs}) == 1

    async def _rest(self, stopping: asyncio.Future[Any]) -> None:
        """Until something was appended; not longer than until a stopped view tries again."""
        running = [each.position for each in self._followers if each.runs]
        if not running:
            await asyncio.wait({stopping}, timeout=PAUSE / 5)
            return
        waiting = asyncio.ensure_future(self._feed.wait(max(running), PAUSE))
        try:
            await asyncio.wait({waiting, stopping}, return_when=asyncio.FIRST_COMPLETED)
        finally:  # also when we are cancelled: nobody may go on asking a pool that is about to close
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)


def _stop(
    group: Iterable[Follower], error: str, reason: BaseException, *, at: int | None = None, topic: str = ""
) -> None:
    for follower in group:
        follower.topic = topic
        follower.stop(error, at, reason)


async def until(stop: asyncio.Event, seconds: float) -> None:
    """Pause, unless told to stop."""
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
