"""What the list reads besides the register's pages: how many there are, and how each score moved."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import asyncpg

from projections import posture
from projections.register.pages import FROM, Filters, conditions

POINTS = 8
"""Of a trend in a row of a list."""
TOTAL = f"SELECT count(*) FROM {FROM} {{where}}"
TRENDS = f"""
SELECT key, score, jsonb_path_query_array(row, '$.history[*].score')::text AS before
  FROM {posture.VIEW.table} WHERE key = ANY($1) AND score IS NOT NULL
"""


async def total(pool: asyncpg.Pool[Any], filters: Filters) -> int:
    """How many suppliers the filters leave."""
    clauses = conditions(filters)
    return int(await pool.fetchval(TOTAL.format(where=clauses.where), *clauses.values))


async def trends(pool: asyncpg.Pool[Any], ids: Iterable[UUID]) -> dict[UUID, list[float]]:
    """Supplier -> its last scores with the present one, oldest first."""
    found = await pool.fetch(TRENDS, [str(id) for id in ids])
    return {UUID(key): _joined(json.loads(before), score) for key, score, before in found}


def _joined(before: list[float], now: float) -> list[float]:
    """A history ends with the present, once."""
    known = before if before and before[-1] == now else [*before, now]
    return known[-POINTS:]
