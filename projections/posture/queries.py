"""What is asked of the posture view."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from projections.posture.explaining import in_full
from projections.posture.finishing import finished
from projections.posture.kept import SupplierPosture
from projections.posture.rows import VIEW
from projections.reading import by_key, one
from projections.view import Row
from suppliers.posture import Band
from suppliers.questionnaires import Domain
from suppliers.review import Pack

if TYPE_CHECKING:
    from projections.storage import Reader

OF_USE = f"SELECT row::text FROM {VIEW.table} WHERE use_ids @> ARRAY[$1::uuid]"
FOR_PACK = f"""
SELECT row::text, {VIEW.position} AS position
  FROM {VIEW.table} WHERE use_ids @> ARRAY[$1::uuid]
"""
BANDS = f"SELECT band, tier, count(*) FROM {VIEW.table} WHERE band IS NOT NULL GROUP BY band, tier"
WORST = f"""
SELECT p.row::text, coalesce(s.name, '') AS name FROM {VIEW.table} AS p
  LEFT JOIN {{register}} AS s ON s.key = p.key
 WHERE p.band IS NOT NULL ORDER BY p.band_rank DESC, p.score DESC, p.key LIMIT $1
"""
CHANGING = f"SELECT row::text FROM {VIEW.table} WHERE next_change_on <= $1 ORDER BY next_change_on, key LIMIT $2"


class Bands(Row):
    """How many suppliers with a posture there are of each band and of each tier."""

    band: Mapping[Band, int]
    tier: Mapping[int, int]


class Heat(Row):
    """A supplier in the heat map; each domain as it is in the active use where it is worst."""

    supplier_id: UUID
    name: str
    tier: int | None
    band: Band
    score: float
    confidence: float
    use_id: UUID
    use_title: str
    domains: dict[Domain, float]
    before: Mapping[Domain, float]
    """The use's domains before it was last judged otherwise."""


class Changing(Row):
    """A use that gets worse on a day when nothing else happens."""

    supplier_id: UUID
    use_id: UUID
    title: str
    on: date
    to: Band | None


async def of(reader: Reader, supplier_id: UUID) -> SupplierPosture | None:
    row = await by_key(reader, VIEW, supplier_id)
    return None if row is None else in_full(row)


async def of_use(reader: Reader, use_id: UUID) -> SupplierPosture | None:
    """The posture of the supplier whose use this is."""
    row = await one(reader, VIEW, OF_USE, use_id)
    return None if row is None else in_full(row)


async def pack(reader: Reader, use_id: UUID) -> Pack | None:
    """The posture of a use as a decision rests on it, None before it is rated."""
    found = await reader.fetchrow(FOR_PACK, use_id)
    if found is None:
        return None
    return pack_of(in_full(SupplierPosture.model_validate_json(found["row"])), use_id, found["position"])


def pack_of(row: SupplierPosture, use_id: UUID, position: int) -> Pack | None:
    """The same of a row at hand, in full, as of a position."""
    use = row.uses.get(str(use_id))
    if use is None or use.result is None:
        return None
    result = use.result
    return Pack(
        position=position,
        policy=result.policy,
        tier=1 if result.tier is None else int(result.tier),  # prohibited: nobody decides it with less care
        band=result.band.value,
        residual=result.residual,
        confidence=result.confidence,
        knock_outs=result.knock_outs,
        within_appetite=result.appetite.within,
        provisional=result.provisional,
        questionnaire=result.questionnaire,
        why=" ".join((result.summary, *(limit.reason for limit in result.limits))),
    )


async def bands(reader: Reader) -> Bands:
    """How the suppliers are spread over bands and tiers."""
    by_band: dict[Band, int] = {}
    by_tier: dict[int, int] = {}
    for band, tier, number in await reader.fetch(BANDS):
        by_band[Band(band)] = by_band.get(Band(band), 0) + number
        if tier is not None:
            by_tier[tier] = by_tier.get(tier, 0) + number
    return Bands(band=by_band, tier=by_tier)


async def worst(reader: Reader, *, limit: int = 20) -> list[Heat]:
    """The suppliers to look at first, with their domains."""
    from projections.register.lines import VIEW as REGISTER  # the register's list reads postures, too

    found = await reader.fetch(WORST.format(register=REGISTER.table), limit)
    return [heat_of(finished(SupplierPosture.model_validate_json(row)), name) for row, name in found]


async def changing(reader: Reader, on: date, *, limit: int = 500) -> list[Changing]:
    """The uses that time has worsened by this day."""
    found = await reader.fetch(CHANGING, on, limit)
    rows = (finished(SupplierPosture.model_validate_json(row["row"])) for row in found)
    return [
        Changing(supplier_id=row.id, use_id=use.id, title=use.title, on=due, to=use.next_band)
        for row in rows
        for use in row.active
        if use.stand and (due := use.next_change_on) and due <= on
    ]


def heat_of(row: SupplierPosture, name: str) -> Heat:
    """A row at hand in the heat map."""
    use = row.worst_use
    assert use is not None and use.stand is not None
    return Heat(
        supplier_id=row.id,
        name=name,
        tier=row.tier,
        band=use.stand.band,
        score=use.stand.residual,
        confidence=use.stand.confidence,
        use_id=use.id,
        use_title=use.title,
        domains=row.domains,
        before=use.was.by_domain if use.was else {},
    )
