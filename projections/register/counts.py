"""How many suppliers there are of each standing, band and tier."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from projections.register.pages import FROM, Filters, conditions
from projections.view import Row
from suppliers.posture import Band
from suppliers.supplier import Standing

if TYPE_CHECKING:
    from projections.storage import Reader

COUNTS = "SELECT s.standing, p.band, p.tier, count(*) AS number FROM {source} {where} GROUP BY 1, 2, 3"


class Counts(Row):
    """Numbers for filters and for the strip above the list; a supplier without a posture is in no band or tier."""

    total: int
    standing: Mapping[Standing, int]
    band: Mapping[Band, int]
    tier: Mapping[int, int]


async def counts(reader: Reader, filters: Filters | None = None) -> Counts:
    """How many the other filters leave under each choice: search and owner narrow, what is counted does not."""
    narrowed = (filters or Filters()).model_copy(update={"standing": (), "band": (), "tier": ()})
    clauses = conditions(narrowed)
    found = await reader.fetch(COUNTS.format(source=FROM, where=clauses.where), *clauses.values)
    standings: dict[Standing, int] = {}
    bands: dict[Band, int] = {}
    tiers: dict[int, int] = {}
    for standing, band, tier, number in found:
        standings[Standing(standing)] = standings.get(Standing(standing), 0) + number
        if band is not None:
            bands[Band(band)] = bands.get(Band(band), 0) + number
        if tier is not None:
            tiers[tier] = tiers.get(tier, 0) + number
    return Counts(total=sum(standings.values()), standing=standings, band=bands, tier=tiers)
