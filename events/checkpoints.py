"""How far a follower of the log has come, kept in the same transaction as what it made of it."""

from __future__ import annotations

from typing import Any

import asyncpg

GET = "SELECT position FROM public.checkpoints WHERE name = $1"
ADVANCE = """
INSERT INTO public.checkpoints AS kept (name, position) VALUES ($1, $2)
ON CONFLICT (name) DO UPDATE SET position = excluded.position WHERE kept.position < excluded.position
RETURNING position
"""
ADVANCE_FROM = """
INSERT INTO public.checkpoints AS kept (name, position) SELECT $1, $2
 WHERE $3 = 0 OR EXISTS (SELECT FROM public.checkpoints WHERE name = $1)
ON CONFLICT (name) DO UPDATE SET position = excluded.position WHERE kept.position = $3
RETURNING position
"""
CLEAR = "DELETE FROM public.checkpoints WHERE name = $1"


class CheckpointMoved(Exception):
    """Another follower of that name has been here: roll back, its work stands."""


class Checkpoints:
    """By name; 0 for a follower that has not begun."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    async def get(self, name: str, connection: Any = None) -> int:
        position: int | None = await (connection or self._pool).fetchval(GET, name)
        return position or 0

    async def put(self, connection: Any, name: str, position: int, *, after: int | None = None) -> None:
        """In the caller's transaction. With `after`, only if it stood exactly there; else only forward."""
        if after is None:
            moved = await connection.fetchval(ADVANCE, name, position)
        else:
            moved = await connection.fetchval(ADVANCE_FROM, name, position, after)
        if moved is None:
            raise CheckpointMoved(name)

    async def clear(self, connection: Any, name: str) -> None:
        """Begin again from the start."""
        await connection.execute(CLEAR, name)


class MemoryCheckpoints:
    """The twin in memory; there is no transaction, so `connection` is ignored."""

    def __init__(self) -> None:
        self._positions: dict[str, int] = {}

    async def get(self, name: str, connection: Any = None) -> int:
        return self._positions.get(name, 0)

    async def put(self, connection: Any, name: str, position: int, *, after: int | None = None) -> None:
        kept = self._positions.get(name, 0)
        if position <= kept if after is None else kept != after:
            raise CheckpointMoved(name)
        self._positions[name] = position

    async def clear(self, connection: Any, name: str) -> None:
        self._positions.pop(name, None)
