"""How far behind the log each reader is, by name."""

from __future__ import annotations

from dataclasses import dataclass

import asyncpg

LAGS = """
WITH head AS (SELECT coalesce(max(position), 0) AS position FROM event_log)
SELECT c.name, c.position, head.position - c.position AS events,
       coalesce(extract(epoch FROM now() - missed.recorded_at), 0)::float8 AS seconds
  FROM checkpoints c CROSS JOIN head
  LEFT JOIN LATERAL (SELECT recorded_at FROM event_log WHERE position > c.position ORDER BY position LIMIT 1) missed
         ON true
 ORDER BY c.name
"""


@dataclass(frozen=True)
class Lag:
    """`seconds` is how long the first event that the reader has not read has been waiting for it."""

    name: str
    position: int
    events: int
    seconds: float


async def lags(pool: asyncpg.Pool) -> list[Lag]:
    return [Lag(**row) for row in await pool.fetch(LAGS, timeout=2)]
