"""The log read where somebody points: at single positions, and at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import asyncpg

from events.disk import Disk
from events.feed import Recorded, legible
from events.mapper import Mapper
from events.recorder import FIELDS, HEAD
from events.stored import Stored

AT = f"{FIELDS} WHERE position = ANY($1) ORDER BY position"
BEFORE = """
WITH RECURSIVE search(low, high) AS (
    SELECT 0::bigint, (SELECT coalesce(max(position), 0) FROM public.event_log)
    UNION ALL
    SELECT CASE WHEN log.recorded_at < $1 THEN log.position ELSE low END,
           CASE WHEN log.recorded_at < $1 THEN high ELSE log.position - 1 END
      FROM search JOIN public.event_log AS log ON log.position = (low + high + 1) / 2
     WHERE low < high)
SELECT low FROM search WHERE low = high
"""  # positions have no gaps and follow the clock, so halving finds it without an index
WHEN = "SELECT recorded_at FROM public.event_log WHERE position = $1"


class Archive:
    """Decoded facts by position. What belonged to an erased person says so, whenever it is from."""

    def __init__(self, pool: asyncpg.Pool, mapper: Mapper, disk: Disk | None = None) -> None:
        self._pool, self._mapper, self._disk = pool, mapper, disk or Disk()

    async def legible(self, positions: Sequence[int]) -> tuple[list[Recorded], list[Stored]]:
        """The facts at these positions, in the order of the log; those that nobody can read here as they are stored."""
        facts, others = await legible(await self._stored(positions), self._mapper)
        return facts, [each.stored for each in others]

    async def _stored(self, positions: Sequence[int]) -> list[Stored]:
        if not positions:
            return []
        async with self._pool.acquire() as connection:
            stored = [Stored(*row) for row in await connection.fetch(AT, positions)]
            if stored:  # nobody is shown what a crash could take back
                await self._disk.reach(connection, stored[-1].position)
        return stored

    async def head(self) -> int:
        """The last position there is."""
        return await self._position(HEAD)

    async def last_before(self, moment: datetime) -> int:
        """The position of the last fact recorded before a moment; 0 when there was none."""
        return await self._position(BEFORE, moment)

    async def _position(self, query: str, *values: object) -> int:
        async with self._pool.acquire() as connection:
            position = int(await connection.fetchval(query, *values) or 0)
            await self._disk.reach(connection, position)
        return position

    async def recorded_at(self, position: int) -> datetime | None:
        """When the fact at a position was recorded."""
        found: datetime | None = await self._pool.fetchval(WHEN, position)
        return found
