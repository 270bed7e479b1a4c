"""Keeps all views up with the log: one reading, one loading and one transaction for all that stand at one place."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from projections import builds, storage, troubles
from projections.follower import Follower, Status
from projections.lines import Lines, lent_lines
from projections.pace import Pace
from projections.resting import rest, until
from projections.step import PASSING
from projections.told import Told
from projections.view import View
from suppliers.ports import Feed, Recorded

if TYPE_CHECKING:
    from projections.storage import Pool

log = logging.getLogger(__name__)

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
        self._careful = 0
        """Up to here nothing is folded ahead: there is something that goes wrong."""
        self._told = Told(pool)
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
                async with lent_lines(self._pool) as lines:
                    await self._follow(lines, stop)
            except Exception:
                self._prepared = False
                log.exception("views cannot follow the log")
                await until(stop, PAUSE)

    async def catch_up(self) -> None:
        """Take what is on the log now; views that are stopped stay behind."""
        await self._prepare()
        async with lent_lines(self._pool) as lines:
            while await self._step(lines) or not await self._settled(lines):
                pass

    async def _follow(self, lines: Lines, stop: asyncio.Event) -> None:
        """As long as the connections are good."""
        idle, stopping = 0, asyncio.ensure_future(stop.wait())
        try:
            while not (stopping.done() or lines.broken):
                if await self._step(lines):
                    idle = 0
                    if self._at_head:  # who asked again would mostly hear that there is no more
                        await self._rest(lines, stopping)
                    continue
                begun, idle = time.monotonic(), idle + 1
                await self._rest(lines, stopping)
                if idle > 1 and time.monotonic() - begun < TOO_SOON:  # what woke us cannot be read
                    await until(stop, TOO_SOON)
            await self._settled(lines)
        finally:
            stopping.cancel()

    async def _step(self, lines: Lines) -> int:
        if lines.failed or not self._together:
            await self._settled(lines)
        await self._await_builds(lines)
        running = [each for each in self._followers if each.runs]
        taken = 0
        for after in sorted({each.position for each in running}):
            group = [each for each in running if each.position == after]
            if group and not lines.broken:
                taken += await self._take(lines, group, after, self._limit(running, after))
        return taken

    def _limit(self, running: Iterable[Follower], after: int) -> int:
        """A view that is behind reads up to where the next one stands, so that both go on together."""
        ahead = [each.position for each in running if each.position > after]
        limit = self._pace.limit
        return min(limit, min(ahead) - after) if ahead else limit

    async def _take(self, lines: Lines, group: Sequence[Follower], after: int, limit: int) -> int:
        events = await self._read(lines, group, after, limit)
        if not events:
            return 0
        last = self._head = max(self._head, events[-1].position)
        careful = after < self._careful or not self._together or any(each.error for each in group)
        try:
            with self._pace.of(len(events)):
                await (lines.carefully if careful else lines.ahead)(group, events)
        except Exception as reason:
            await self._failed(lines, group, reason, 0 if careful else last)
        await self._told.tell(group)
        return len(events)

    async def _read(self, lines: Lines, group: Sequence[Follower], after: int, limit: int) -> Sequence[Recorded]:
        try:
            events = await self._feed.read(after, limit, on=lines.reading.connection)
        except Exception as reason:
            at, topic = getattr(reason, "position", None), getattr(reason, "topic", "")
            await self._settled(lines)
            lines.reading.broken = at is None
            for each in group:
                each.stop(f"The log cannot be read: {reason}", at, reason, topic)
            await self._told.tell(group)
            return ()
        self._drained = len(events) < limit
        return events

    async def _settled(self, lines: Lines) -> bool:
        """Nothing is under way any more; whether all of it was written."""
        try:
            await lines.written()
        except Exception as reason:
            running = [each for each in self._followers if each.runs]
            await self._failed(lines, running, reason, max((each.position for each in running), default=0))
            return False
        return True

    async def _failed(self, lines: Lines, group: Sequence[Follower], reason: Exception, last: int) -> None:
        """Views go back to where the database has them. What goes wrong before somewhere is then looked for."""
        self._prepared = False
        if isinstance(reason, storage.Overtaken):
            log.warning("views were moved by another projector")
            await self._prepare()
        elif last and not isinstance(reason, PASSING):
            self._careful = last
            await self._prepare()
        else:
            lines.writing.broken = True
            for each in group:
                each.stop(f"{type(reason).__name__}: {reason}", None, reason)

    async def _prepare(self) -> None:
        if not self._prepared:
            async with self._pool.acquire() as connection:
                await storage.prepare(connection, [each.view for each in self._followers])
                await troubles.prepare(connection)
            await self._reload()
            await self._told.recall()
            self._prepared = True

    async def _reload(self) -> None:
        """Where each build that is live stands."""
        found = await builds.found(self._pool)
        stands = await storage.positions(self._pool, [each.view for each in self._followers])
        for each in self._followers:
            each.stands(found.get(each.view.name), stands[each.view.name])
        self._looked = time.monotonic()

    async def _await_builds(self, lines: Lines) -> None:
        """A view that another release made is followed once it has been built anew."""
        if any(each.build is None for each in self._followers) and time.monotonic() - self._looked > PAUSE:
            await self._settled(lines)
            await self._reload()

    @property
    def _at_head(self) -> bool:
        """Whether all that run have taken all that there was."""
        return self._drained and self._together

    @property
    def _together(self) -> bool:
        """Whether all that run stand at one place."""
        return len({each.position for each in self._followers if each.runs}) == 1

    async def _rest(self, lines: Lines, stopping: asyncio.Future[Any]) -> None:
        """Until something was appended; not longer than until a stopped view tries again."""
        running = [each.position for each in self._followers if each.runs]
        if not running:
            await asyncio.wait({stopping}, timeout=PAUSE / 5)
            return
        await rest(self._feed, max(running), lines.under_way, stopping, PAUSE)
