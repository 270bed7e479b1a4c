"""Postures from the worst on, page after page, from their columns alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from projections.posture.rows import VIEW
from projections.sources import LIVE, Sources
from projections.view import Row
from suppliers.posture import Band

if TYPE_CHECKING:
    from projections.storage import Reader

RANKED = """
SELECT supplier_id, tier, band, score, confidence, next_change_on, rank, key FROM {posture} AS p
 WHERE $1::double precision IS NULL OR (rank, key) < ($1, $2) ORDER BY rank DESC, key DESC LIMIT $3
"""


class Ranked(Row):
    """A supplier's posture in brief: that of its worst active use."""

    supplier_id: UUID
    tier: int | None
    band: Band | None
    score: float | None
    confidence: float | None
    next_change_on: date | None


class Ranking(NamedTuple):
    """Some of the list; `after` leads to the next page, None = this is the last."""

    rows: Sequence[Ranked]
    after: str | None


async def ranked(reader: Reader, *, after: str | None = None, limit: int = 50, sources: Sources = LIVE) -> Ranking:
    """Those without a posture come last."""
    rank, _, key = (after or "").partition("|")
    statement = RANKED.format(posture=sources.of(VIEW))
    found = await reader.fetch(statement, float(rank) if after else None, key, limit + 1)
    rows = [Ranked.model_validate(dict(row)) for row in found[:limit]]
    last = found[limit - 1] if len(found) > limit else None
    return Ranking(rows, f"{last['rank']}|{last['key']}" if last else None)
