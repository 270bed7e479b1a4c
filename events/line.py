"""How appends are sent to PostgreSQL: on a connection, one call for many, and what its answers mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from types import TracebackType
from typing import Any, NamedTuple

import asyncpg

from events.columns import columns, outcomes, written
from events.disk import Disk
from events.outcomes import unknown_when_lost
from events.stored import Append, Beside, Blocked, Outcome, Overtaken, Statement

APPEND_ONE = "SELECT public.append_one($1, $2, $3, $4, $5, $6, $7, $8)"
APPEND = "SELECT * FROM public.append_events($1, $2, $3, $4, $5, $6, $7, $8, $9)"
APPEND_BESIDE = APPEND.replace("*", "*, pg_catalog.set_config('lock_timeout', '250ms', true)")
"""All writers wait while what is beside is written. Set once the log's own lock is held, so not for that one."""

Connection = Any
"""An asyncpg connection or what its pool lends; asyncpg types the two differently."""


class Sent(NamedTuple):
    """What became of appends sent together, and whether anything was written at all."""

    outcomes: Sequence[Outcome]
    wrote: bool

    @property
    def last(self) -> int:
        """The last position that is told to anybody."""
        return max((each[-1] for each in self.outcomes if isinstance(each, range) and each), default=0)


class Line:
    """One connection for many appends; replaced when it was found closed before anything was sent on it."""

    def __init__(self, pool: asyncpg.Pool, disk: Disk) -> None:
        self._pool = pool
        self._disk = disk
        self._connection: Connection = None

    async def __aenter__(self) -> Line:
        self._connection = await acquired(self._pool)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._pool.release(self._connection)

    async def __call__(self, appends: Sequence[Append]) -> Sequence[Outcome]:
        """On disk when it returns."""
        connection = await self._open()
        with unknown_when_lost():
            sent = await send(connection, appends)
            if sent.wrote:
                self._disk.has(sent.last)
            else:  # what was on the log already perhaps is not on disk yet
                await self._disk.reach(connection, sent.last)
        return sent.outcomes

    async def _open(self) -> Connection:
        if gone(self._connection):
            await self._pool.release(self._connection)
            self._connection = await acquired(self._pool)
        return self._connection


async def acquired(pool: asyncpg.Pool) -> Connection:
    with unknown_when_lost():
        return await pool.acquire()


async def send(connection: Connection, appends: Sequence[Append]) -> Sent:
    """By itself, or as part of the transaction that is open there."""
    if any(append.beside for append in appends):
        return await _send_beside(connection, appends)
    if len(appends) == 1 and len(appends[0].drafts) == 1 and (position := await _one(connection, appends[0])):
        return Sent([range(position, position + 1)], True)
    return _sent(appends, await _many(connection, appends, APPEND))


async def _send_beside(connection: Connection, appends: Sequence[Append]) -> Sent:
    """The others' writes come after the facts, since only then it is known whose are written at all."""
    async with connection.transaction():
        rows = await _many(connection, appends, APPEND_BESIDE)
        try:
            await _write(connection, [append.beside for append in written(appends, rows) if append.beside])
        except asyncpg.LockNotAvailableError as taken:
            raise Blocked from taken
    return _sent(appends, rows)


async def _write(connection: Connection, besides: Iterable[Beside]) -> None:
    for query, alike in groupby(besides, lambda each: each.query if isinstance(each, Statement) else None):
        if query is None:
            for beside in alike:
                await beside(connection)
        else:
            await connection.executemany(query, [each.values for each in alike if isinstance(each, Statement)])


async def _one(connection: Connection, append: Append) -> int | None:
    """The short way; None when it is not open and nothing was written."""
    (draft,), actor, command_id, correlation_id, recorded_at, _ = append
    values = *draft, command_id, actor, correlation_id, recorded_at
    position: int | None = await connection.fetchval(APPEND_ONE, *values)
    return position


async def _many(connection: Connection, appends: Sequence[Append], statement: str) -> Sequence[Any]:
    try:
        found: Sequence[Any] = await connection.fetch(statement, *columns(appends))
        return found
    except asyncpg.UniqueViolationError as twice:  # the same version twice among these drafts
        raise Overtaken from twice


def _sent(appends: Sequence[Append], rows: Sequence[Any]) -> Sent:
    return Sent(outcomes(appends, rows), any(row["outcome"] == "written" for row in rows))


def gone(connection: Connection) -> bool:
    """A pool takes back what was closed under its borrower, and then every question is an error."""
    try:
        return bool(connection.is_closed())
    except asyncpg.InterfaceError:
        return True
