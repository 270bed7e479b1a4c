"""Checkpoints for followers whose work is done outside the database's transactions."""

from __future__ import annotations

import asyncpg

from events.checkpoints import Checkpoints


class Bookmarks:
    """Only forward: one that is put back does its work again."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool, self._checkpoints = pool, Checkpoints(pool)

    async def get(self, name: str) -> int:
        return await self._checkpoints.get(name)

    async def set(self, name: str, position: int) -> None:
        await self._checkpoints.put(self._pool, name, position)
