"""How many suppliers there are of each standing, band and tier."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from projections.clauses import Clauses
from projections.posture.rows import VIEW as POSTURE
from projections.register.lines import VIEW
from projections.register.pages import Filters, conditions
from projections.sources import LIVE, Sources
from projections.view import Row
from suppliers.posture import Band
from suppliers.supplier import Standing

if TYPE_CHECKING:
    from projections.storage import Reader

COUNTS = """
SELECT s.standing, p.band, p.tier, count(*) AS number
  FROM {register} AS s LEFT JOIN {posture} AS p ON p.key = s.key {where} GROUP BY 1, 2, 3
"""
TOTAL = "SELECT count(*) FROM {register} AS s LEFT JOIN {posture} AS p ON p.key = s.key {where}"


class Counts(Row):
    """Numbers for filters and for the strip above the list; a supplier without a posture is in no band or tier."""

    total: int
    standing: Mapping[Standing, int]
    band: Mapping[Band, int]
    tier: Mapping[int, int]


async def counts(reader: Reader, filters: Filters | None = None, *, sources: Sources = LIVE) -> Counts:
    """How many the other filters leave under each choice: search and owner narrow, what is counted does not."""
    narrowed = (filters or Filters()).model_copy(update={"standing": (), "band": (), "tier": ()})
    clauses = conditions(narrowed)
    found = await reader.fetch(_on(COUNTS, sources, clauses), *clauses.values)
    standings: dict[Standing, int] = {}
    by_band: dict[Band, int] = {}
    tiers: dict[int, int] = {}
    for standing, band, tier, number in found:
        standings[Standing(standing)] = standings.get(Standing(standing), 0) + number
        if band is not None:
            by_band[Band(band)] = by_band.get(Band(band), 0) + number
        if tier is not None:
            tiers[tier] = tiers.get(tier, 0) + number
    return Counts(total=sum(standings.values()), standing=standings, band=by_band, tier=tiers)


async def total(reader: Reader, filters: Filters, *, sources: Sources = LIVE) -> int:
    """How many suppliers the filters leave."""
    clauses = conditions(filters)
    return int(await reader.fetchval(_on(TOTAL, sources, clauses), *clauses.values))


def _on(statement: str, sources: Sources, clauses: Clauses) -> str:
    return statement.format(register=sources.of(VIEW), posture=sources.of(POSTURE), where=clauses.where)
