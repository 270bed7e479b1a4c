"""How many suppliers there are of each standing, band and tier."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from projections.posture.queries import bands
from projections.register.lines import VIEW
from projections.register.pages import FROM, Filters, conditions
from projections.view import Row
from suppliers.posture import Band
from suppliers.supplier import Standing

if TYPE_CHECKING:
    from projections.storage import Reader

STANDINGS = f"SELECT standing, count(*) FROM {VIEW.table} GROUP BY standing"
COUNTS = "SELECT s.standing, p.band, p.tier, count(*) AS number FROM {source} {where} GROUP BY 1, 2, 3"


class Counts(Row):
    """Numbers for filters and for the strip above the list; a supplier without a posture is in no band or tier."""

    total: int
    standing: Mapping[Standing, int]
    band: Mapping[Band, int]
    tier: Mapping[int, int]


async def counts(reader: Reader, filters: Filters | None = None) -> Counts:
    """How many the other filters leave under each choice: search and owner narrow, what is counted does not."""
    if filters is None or not (filters.search.strip() or filters.owner):
        return await _all(reader)
    narrowed = (filters or Filters()).model_copy(update={"standing": (), "band": (), "tier": ()})
    clauses = conditions(narrowed)
    found = await reader.fetch(COUNTS.format(source=FROM, where=clauses.where), *clauses.values)
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


async def _all(reader: Reader) -> Counts:
    """Without a search both tables are counted by themselves, from their indexes."""
    standings = {Standing(standing): number for standing, number in await reader.fetch(STANDINGS)}
    spread = await bands(reader)
    return Counts(total=sum(standings.values()), standing=standings, band=spread.band, tier=spread.tier)
