"""Keeps all views up with the log: one reading shared by all, one transaction for each view and batch."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from projections import storage
from projections.follower import HURRY, Follower, Status
from projections.view import View
from suppliers.ports import Feed, Recorded

if TYPE_CHECKING:
    from projections.storage import Pool

log = logging.getLogger(__name__)


class Projector:
    """Runs in one process at a time; a second one does no harm, it only works in vain."""

    def __init__(self, feed: Feed, pool: Pool, views: Iterable[View[Any]], *, batch: int = 500) -> None:
        self._feed = feed
        self._pool = pool
        self._followers = [Follower(view) for view in views]
        self._batch = batch
        self._head = 0
        self._prepared = False

    @property
    def status(self) -> tuple[Status, ...]:
        """How every view is doing, as far as this process knows."""
        return tuple(follower.status(self._head) for follower in self._followers)

    async def run(self, stop: asyncio.Event) -> None:
        """Follow the log until told to stop."""
        while not stop.is_set():
            try:
                if not await self.step():
                    await self._rest(stop)
            except Exception:
                log.exception("views cannot follow the log")
                await until(stop, 1.0)

    async def catch_up(self) -> None:
        """Take what is on the log now; views that are stopped stay behind."""
        while await self.step():
            pass

    async def step(self) -> int:
        """One batch for every view that runs; how many events were read."""
        await self._prepare()
        self._head = await self._feed.head()
        running = [each for each in self._followers if each.runs]
        taken = 0
        for after in sorted({each.position for each in running if each.position < self._head}):
            group = [each for each in running if each.position == after]
            if group:
                taken += await self._take(group, after, self._limit(running, after))
        return taken

    def _limit(self, running: Iterable[Follower], after: int) -> int:
        """A view that is behind reads up to where the next one stands, so that both go on together."""
        ahead = [each.position for each in running if each.position > after]
        return min(self._batch, min(ahead) - after) if ahead else self._batch

    async def _take(self, group: Sequence[Follower], after: int, limit: int) -> int:
        try:
            events = await self._feed.read(after, limit)
        except Exception as reason:
            for follower in group:
                follower.stop(f"The log cannot be read: {reason}", getattr(reason, "position", None), reason)
            return 0
        if not events:
            return 0
        touched = [each for each in group if any(type(one.event) in each.view.digests for one in events)]
        await self._pass([each for each in group if each not in touched], events)
        for follower in touched:
            if follower.position == after:
                await follower.take(self._pool, events)
        return len(events)

    async def _pass(self, idle: Sequence[Follower], events: Sequence[Recorded]) -> None:
        """Views that nothing in a batch concerns move on together."""
        if not idle:
            return
        seen = {each.view.checkpoint: each.position for each in idle}
        try:
            async with self._pool.acquire() as connection, connection.transaction():
                await connection.execute(HURRY)
                await storage.advance(connection, seen, events[-1].position)
        except storage.Overtaken:
            await self._reload()
        else:
            for follower in idle:
                follower.moved(events[-1].position)

    async def _prepare(self) -> None:
        if not self._prepared:
            async with self._pool.acquire() as connection:
                await storage.prepare(connection, [each.view for each in self._followers])
            await self._reload()
            self._prepared = True

    async def _reload(self) -> None:
        found = await storage.positions(self._pool, [each.view for each in self._followers])
        for follower in self._followers:
            follower.position = found[follower.view.name]

    async def _rest(self, stop: asyncio.Event) -> None:
        """Until something was appended; not longer than until a stopped view tries again."""
        waiting = asyncio.ensure_future(self._feed.wait(self._head, 1.0))
        stopping = asyncio.ensure_future(stop.wait())
        try:
            await asyncio.wait({waiting, stopping}, return_when=asyncio.FIRST_COMPLETED)
        finally:  # also when we are cancelled: nobody may go on asking a pool that is about to close
            for task in (waiting, stopping):
                task.cancel()
            await asyncio.gather(waiting, stopping, return_exceptions=True)


async def until(stop: asyncio.Event, seconds: float) -> None:
    """Pause, unless told to stop."""
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
