"""A build brought up to where the live one stands, and made the live one."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import asyncpg

from projections import builds, storage
from projections.batch import digest, finish, finish_days, keys_of
from projections.layout import Build
from projections.rebuild.folding import Fault
from projections.view import View
from suppliers.ports import Feed, Recorded

if TYPE_CHECKING:
    from projections.storage import Connection

AT_ONCE = 2_000
CLOSE = 300
"""Events that may be missing when the swap begins; they are folded while readers wait."""
TRIES = 600
WAIT = "SET LOCAL lock_timeout TO '100ms'"
"""Who comes after us waits with us: rather try again than wait long for somebody's long transaction."""
BETWEEN = 0.1
STOOD = """
SELECT kept.position FROM checkpoints AS kept JOIN view_builds AS live ON live.checkpoint = kept.name
 WHERE live.name = $1 FOR UPDATE OF kept
"""
NAMES = "SELECT viewname FROM pg_views WHERE schemaname = current_schema() AND viewname = ANY($1)"
TOLD = f"SELECT pg_notify('{storage.CHANNEL}', $1)"


class Stumbled(Exception):
    """There is an event among those recorded meanwhile that the view cannot digest."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.said)
        self.fault = fault


class StillRead(Exception):
    """Somebody reads the view in a transaction that does not end; the new build was thrown away."""


class Beside:
    """A build under way, written to by one alone."""

    def __init__(self, view: View[Any], build: Build, position: int) -> None:
        self.view = view
        self.build = build
        self.position = position

    async def take(self, connection: Connection, events: Sequence[Recorded]) -> None:
        """As the projector does, but the position is nobody else's business yet."""
        rows = await storage.load(connection, self.view, keys_of(self.view, events), build=self.build)
        batch = digest(self.view, rows, events, self.position)
        if batch.fault is not None:
            raise Stumbled(Fault(batch.fault.position, batch.fault.topic, str(batch.fault))) from batch.fault
        written = finish(self.view, batch.rows)
        await storage.store(connection, self.view, written, build=self.build)
        if batch.days:
            days = finish_days(self.view, batch, written)
            await storage.store_days(connection, self.view, days, build=self.build)
        self.position = events[-1].position

    async def catch_up(self, connection: Connection, feed: Feed) -> None:
        """Until only a few events are missing."""
        while await feed.head() - self.position > CLOSE:
            events = await feed.read(self.position, AT_ONCE)
            before = self.position
            try:
                async with connection.transaction():
                    await connection.execute("SET LOCAL synchronous_commit TO off")
                    await self.take(connection, events)
            except BaseException:
                self.position = before
                raise

    async def swap(self, connection: Connection, feed: Feed) -> None:
        """From its commit on, whoever reads the view reads this build, at least as far as the other one had come."""
        for _ in range(TRIES):
            await self.catch_up(connection, feed)
            before = self.position
            try:
                async with connection.transaction():
                    await self._swap(connection, feed)
                return
            except (asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError, _Behind):
                self.position = before
                await asyncio.sleep(BETWEEN)
        raise StillRead

    async def _swap(self, connection: Connection, feed: Feed) -> None:
        view = self.view
        await connection.execute(WAIT)
        names = [row["viewname"] for row in await connection.fetch(NAMES, [view.table, view.days])]
        if names:
            await connection.execute(f"LOCK TABLE {', '.join(sorted(names))} IN ACCESS EXCLUSIVE MODE")
        stood = await connection.fetchval(STOOD, view.name) or 0
        if stood > self.position:
            if stood - self.position > 2 * CLOSE:
                raise _Behind
            await self.take(connection, await feed.read(self.position, stood - self.position))
        await builds.point(connection, view, self.build, self.position, days=bool(view.by_day))
        others = [each for each in await builds.built(connection, view) if each != self.build]
        await builds.drop(connection, others)
        await connection.execute(TOLD, f"{view.name}:{self.position}")


class _Behind(Exception):
    """The live build has moved on: catch up first."""
