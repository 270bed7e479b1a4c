"""The log in PostgreSQL; the order of everything is decided by the SQL function it calls."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from events.disk import FLUSH, Disk
from events.line import Connection, Line, send
from events.outcomes import unknown_when_lost
from events.shared_flush import SharedFlush
from events.stored import NOTHING, Append, Beside, Draft, OutcomeUnknown, Positions, Stored, unwrap
from events.transaction import Transaction, transaction

FIELDS = """
SELECT originator_id, originator_version, topic, state, position, recorded_at, actor, command_id, correlation_id
  FROM public.event_log
"""
STREAM = f"{FIELDS} WHERE originator_id = $1 AND originator_version > $2 ORDER BY originator_version"
FEED = f"{FIELDS} WHERE position > $1 ORDER BY position LIMIT $2"
FEED_UNTIL = f"{FIELDS} WHERE position > $1 AND position <= $3 ORDER BY position LIMIT $2"
FEED_OF_TOPICS = f"""{FIELDS} WHERE position > $1 AND position <= $3 AND topic = ANY ($4) ORDER BY position LIMIT $2"""
HEAD = "SELECT coalesce(max(position), 0) AS position FROM public.event_log"
COMMAND = "SELECT min(position) AS first, max(position) AS position FROM public.event_log WHERE command_id = $1"

END_OF_TIME = 2**63 - 1


class PostgresRecorder:
    """Appends through `append_events` and reads by keyset. Statements stay prepared on each connection.

    Others commit before their events are on disk; what is told or handed out here is on disk.
    """

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool
        self.disk = Disk()
        self._flush = SharedFlush()

    async def append(
        self,
        drafts: Sequence[Draft],
        *,
        actor: UUID | None = None,
        command_id: UUID | None = None,
        correlation_id: str | None = None,
        recorded_at: datetime | None = None,
        beside: Beside | None = None,
    ) -> Positions:
        if not drafts:
            return NOTHING
        append = Append(drafts, actor, command_id, correlation_id, recorded_at, beside)
        async with self.line() as line:
            return unwrap((await line([append]))[0])

    async def append_on(
        self,
        connection: Connection,
        drafts: Sequence[Draft],
        *,
        actor: UUID | None = None,
        command_id: UUID | None = None,
        correlation_id: str | None = None,
        recorded_at: datetime | None = None,
    ) -> Positions:
        """Append inside the caller's transaction, as its last statement: every other writer waits for its commit."""
        if not drafts:
            return NOTHING
        sent = await send(connection, [Append(drafts, actor, command_id, correlation_id, recorded_at)])
        if not sent.wrote and sent.last > self.disk.until:  # then this commit has to wait for the disk as well
            await connection.fetchval(FLUSH)
        return unwrap(sent.outcomes[0])

    def transaction(self) -> AbstractAsyncContextManager[Transaction]:
        """For an append beside other work, where many of these go on at once."""
        return transaction(self._pool, self.disk, self._flush)

    def line(self) -> AbstractAsyncContextManager[Line]:
        """For many appends."""
        return Line(self._pool, self.disk)

    async def select_stream(self, originator_id: UUID, after_version: int = 0) -> list[Stored]:
        return _stored(await self._read(STREAM, originator_id, after_version))

    async def select_feed(
        self, after: int, limit: int, *, until: int | None = None, topics: Sequence[str] = (), on: Connection = None
    ) -> list[Stored]:
        """Asked on a connection of the pool, or on the caller's own, whose commits wait for the disk."""
        if on is not None:
            with unknown_when_lost():
                return _stored(await self._on_disk(on, FEED, after, limit))
        if topics:
            return _stored(await self._read(FEED_OF_TOPICS, after, limit, until or END_OF_TIME, list(topics)))
        if until is not None:
            return _stored(await self._read(FEED_UNTIL, after, limit, until))
        return _stored(await self._read(FEED, after, limit))

    async def head(self) -> int:
        ((position,),) = await self._read(HEAD)
        return int(position)

    async def find_command(self, command_id: UUID) -> Positions:
        ((first, last),) = await self._read(COMMAND, command_id)
        return NOTHING if first is None else range(first, last + 1)

    async def _read(self, query: str, *values: Any) -> Sequence[asyncpg.Record]:
        """Once more when the connection turns out to be dead, as all are after a restart of the server."""
        try:
            with unknown_when_lost():
                return await self._borrowing(query, *values)
        except OutcomeUnknown:
            return await self._borrowing(query, *values)

    async def _borrowing(self, query: str, *values: Any) -> Sequence[asyncpg.Record]:
        async with self._pool.acquire() as connection:
            return await self._on_disk(connection, query, *values)

    async def _on_disk(self, connection: Connection, query: str, *values: Any) -> Sequence[asyncpg.Record]:
        """What somebody decides, publishes or answers on it must not be taken back by a crash."""
        rows: Sequence[asyncpg.Record] = await connection.fetch(query, *values)
        if rows:
            await self.disk.reach(connection, rows[-1]["position"] or 0)
        return rows


def _stored(rows: Sequence[asyncpg.Record]) -> list[Stored]:
    return list(map(Stored._make, rows))
