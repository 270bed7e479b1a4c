"""The projector's own connection, on which it reads and writes: its statements stay prepared."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from projections.storage import Connection, Pool

HURRY = """
SET jit TO off; SET plan_cache_mode TO force_generic_plan;
SET enable_seqscan TO off; SET enable_hashjoin TO off; SET enable_mergejoin TO off
"""
"""A statement is planned once, maybe while tables are empty still; everything here goes by keys, so a plan that looks
them up is right at any size.
"""

KEPT = 300
"""Prepared statements; one for each set of views that are written to together."""


class Line:
    """Statements on one connection, one after the other."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._prepared: dict[str, Any] = {}
        self.broken = False

    async def fetch(self, statement: str, *values: object) -> list[Any]:
        try:
            prepared = self._prepared.get(statement) or await self._prepare(statement)
            found: list[Any] = await prepared.fetch(*values)
        except BaseException:
            self._prepared.clear()
            raise
        return found

    async def _prepare(self, statement: str) -> Any:
        if len(self._prepared) >= KEPT:  # the oldest goes: all at once, they would all be wanted again
            del self._prepared[next(iter(self._prepared))]
        self._prepared[statement] = prepared = await self.connection.prepare(statement)
        return prepared


@asynccontextmanager
async def lent(pool: Pool) -> AsyncIterator[Line]:
    """A connection of the pool for a while; it is closed rather than given back when anything was wrong with it."""
    async with pool.acquire() as connection:
        await connection.execute(HURRY)
        line = Line(connection)
        try:
            yield line
        except Exception:
            line.broken = True
            raise
        finally:  # also when we are cancelled
            if line.broken or not await _restored(connection):
                connection.terminate()


async def _restored(connection: Connection) -> bool:
    if connection.is_closed():
        return True
    try:
        await connection.execute("RESET ALL", timeout=1.0)
    except Exception:
        return False
    return True
