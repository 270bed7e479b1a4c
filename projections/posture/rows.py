"""What the posture view keeps of a supplier: what its uses are judged by, and the judgement."""

from __future__ import annotations

from datetime import date
from operator import itemgetter
from typing import NamedTuple
from uuid import UUID

from projections.beside import beside
from projections.posture.finishing import finished
from projections.posture.judging import prospect
from projections.posture.kept import SupplierPosture, UsePosture, badness
from projections.view import Column, View, but
from suppliers.posture import Band

NEVER_RATED = -1.0
POINTS = 8
"""Scores that are at hand without reading a row."""


class Brief(NamedTuple):
    """What a row's columns tell."""

    tier: int | None
    band: Band | None = None
    band_rank: int | None = None
    score: float | None = None
    rank: float = NEVER_RATED
    """Where the supplier stands among all: by score, those without a posture last."""
    confidence: float | None = None
    next_change_on: date | None = None


def _brief(row: SupplierPosture) -> Brief:
    """By the worst active use; the strictest tier; when time changes the first of them."""
    active = [use for use in row.uses.values() if use.active]
    tier = min([use.tier for use in active if use.tier is not None], default=None)
    judged = [(badness(use, stand), stand, on) for use in active for stand, on in prospect(use, row)]
    if not judged:
        return Brief(tier)
    _, stand, _ = min(judged, key=itemgetter(0))
    soonest = min([on for _, _, on in judged if on is not None], default=None)
    return Brief(tier, stand.band, stand.band.rank, stand.residual, stand.residual, stand.confidence, soonest)


brief = beside(SupplierPosture, "told", _brief)
"""All columns of a row ask for it, one after the other."""


def trend(row: SupplierPosture) -> str | None:
    """The scores before the present one, for small curves."""
    return " ".join([str(each.score) for each in row.history[-POINTS:]]) or None


def as_columns_see_it(row: SupplierPosture) -> SupplierPosture:
    """Its uses need not be completed for them; but it may be written on later, and must not be remembered as itself."""
    return but(row)


VIEW = View(
    "posture",
    5,
    SupplierPosture,
    columns=(
        Column("supplier_id", "uuid", lambda row: row.id),
        Column("standing", "text", lambda row: row.standing),
        Column("tier", "integer", lambda row: brief(row).tier),
        Column("band", "text", lambda row: brief(row).band),
        Column("band_rank", "integer", lambda row: brief(row).band_rank),
        Column("score", "double precision", lambda row: brief(row).score),
        Column("rank", "double precision", lambda row: brief(row).rank),
        Column("confidence", "double precision", lambda row: brief(row).confidence),
        Column("next_change_on", "date", lambda row: brief(row).next_change_on),
        Column(
            "use_ids",
            "uuid[]",
            lambda row: " ".join(row.uses),
            given_as="text",
            sql="string_to_array({}, ' ')::uuid[]",
        ),
        Column("trend", "text", trend),
    ),
    indexes=(
        "(rank DESC, key DESC)",
        "(tier, rank DESC, key DESC) INCLUDE (band, score, confidence)",
        "(band, rank DESC, key DESC)",
        "(standing, rank DESC, key DESC) INCLUDE (tier, band, score, confidence)",
        "(standing, tier, rank DESC, key DESC) INCLUDE (band, score, confidence)",
        "(band_rank DESC, score DESC, key) WHERE band IS NOT NULL",
        "(next_change_on) WHERE next_change_on IS NOT NULL",
        "USING gin (use_ids) WITH (fastupdate = off)",
    ),
    finish=finished,
    days="columns",
    finish_day=as_columns_see_it,
    kept_as="text",
    day_indexes=("(day, until) INCLUDE (key, standing, tier, band, band_rank, score, rank, confidence)",),
)


def use_of(row: SupplierPosture, use_id: UUID) -> UsePosture | None:
    return row.uses.get(str(use_id))
