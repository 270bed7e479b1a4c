"""The log in PostgreSQL; the order of everything is decided by the SQL function it calls."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from events.columns import columns, outcomes, written
from events.outcomes import unknown_when_lost
from events.stored import (
    NOTHING,
    Append,
    AppendMany,
    Beside,
    Draft,
    Outcome,
    OutcomeUnknown,
    Overtaken,
    Positions,
    Stored,
    unwrap,
)

APPEND_ONE = "SELECT public.append_one($1, $2, $3, $4, $5, $6, $7, $8)"
APPEND = "SELECT * FROM public.append_events($1, $2, $3, $4, $5, $6, $7, $8, $9)"

FIELDS = """
SELECT originator_id, originator_version, topic, state, position, recorded_at, actor, command_id, correlation_id
  FROM public.event_log
"""
STREAM = f"{FIELDS} WHERE originator_id = $1 AND originator_version > $2 ORDER BY originator_version"
FEED = f"{FIELDS} WHERE position > $1 ORDER BY position LIMIT $2"
FEED_UNTIL = f"{FIELDS} WHERE position > $1 AND position <= $3 ORDER BY position LIMIT $2"
FEED_OF_TOPICS = f"""{FIELDS} WHERE position > $1 AND position <= $3 AND topic = ANY ($4) ORDER BY position LIMIT $2"""
HEAD = "SELECT coalesce(max(position), 0) FROM public.event_log"
COMMAND = "SELECT min(position) AS first, max(position) AS last FROM public.event_log WHERE command_id = $1"

END_OF_TIME = 2**63 - 1

Connection = Any
"""An asyncpg connection or what its pool lends; asyncpg types the two differently."""


class PostgresRecorder:
    """Appends through `append_events` and reads by keyset. Statements stay prepared on each connection."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

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
        async with self.line() as append_many:
            return unwrap((await append_many([append]))[0])

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
        append = Append(drafts, actor, command_id, correlation_id, recorded_at)
        return unwrap((await _append_many(connection, [append]))[0])

    @asynccontextmanager
    async def line(self) -> AsyncIterator[AppendMany]:
        """One connection for many appends; replaced when it was found closed before anything was sent on it."""
        connection = await self._acquire()

        async def append_many(appends: Sequence[Append]) -> Sequence[Outcome]:
            nonlocal connection
            if _gone(connection):
                await self._pool.release(connection)
                connection = await self._acquire()
            with unknown_when_lost():
                return await _append_many(connection, appends)

        try:
            yield append_many
        finally:
            await self._pool.release(connection)

    async def _acquire(self) -> Connection:
        with unknown_when_lost():
            return await self._pool.acquire()

    async def select_stream(self, originator_id: UUID, after_version: int = 0) -> list[Stored]:
        return _stored(await self._read(STREAM, originator_id, after_version))

    async def select_feed(
        self, after: int, limit: int, *, until: int | None = None, topics: Sequence[str] = ()
    ) -> list[Stored]:
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
                return await self._pool.fetch(query, *values)
        except OutcomeUnknown:
            return await self._pool.fetch(query, *values)


async def _append_many(connection: Connection, appends: Sequence[Append]) -> Sequence[Outcome]:
    if any(append.beside for append in appends):
        return await _append_beside(connection, appends)
    if len(appends) == 1 and len(appends[0].drafts) == 1 and (position := await _append_one(connection, *appends)):
        return [range(position, position + 1)]
    return outcomes(appends, await _rows(connection, appends))


async def _append_beside(connection: Connection, appends: Sequence[Append]) -> Sequence[Outcome]:
    """The others' writes come after the facts, since only then it is known whose are written at all."""
    async with connection.transaction():
        rows = await _rows(connection, appends)
        for append in written(appends, rows):
            if append.beside:
                await append.beside(connection)
    return outcomes(appends, rows)


async def _append_one(connection: Connection, append: Append) -> int | None:
    """The short way; None when it is not open and nothing was written."""
    (draft,), actor, command_id, correlation_id, recorded_at, _ = append
    position: int | None = await connection.fetchval(APPEND_ONE, *draft, command_id, actor, correlation_id, recorded_at)
    return position


async def _rows(connection: Connection, appends: Sequence[Append]) -> Sequence[Any]:
    try:
        found: Sequence[Any] = await connection.fetch(APPEND, *columns(appends))
        return found
    except asyncpg.UniqueViolationError as twice:  # the same version twice among these drafts
        raise Overtaken from twice


def _gone(connection: Connection) -> bool:
    """A pool takes back what was closed under its borrower, and then every question is an error."""
    try:
        return bool(connection.is_closed())
    except asyncpg.InterfaceError:
        return True


def _stored(rows: Sequence[asyncpg.Record]) -> list[Stored]:
    return list(map(Stored._make, rows))
