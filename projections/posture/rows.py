"""What the posture view keeps of a supplier: what its uses are judged by, and the judgement."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from projections.posture.finishing import finished
from projections.posture.kept import SupplierPosture, UsePosture
from projections.posture.remembered import Remembered
from projections.view import Column, View
from suppliers.posture import Posture

NEVER_RATED = -1.0


def judged(row: SupplierPosture) -> list[Posture]:
    """The postures that count."""
    return [use.result for use in row.uses.values() if use.result is not None and use.active]


def soonest(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day is not None), default=None)


def _of_worst_use(row: SupplierPosture) -> Posture | None:
    use = row.worst_use
    return None if use is None else use.result


worst: Remembered[SupplierPosture, Posture | None] = Remembered(_of_worst_use, most=64)
"""All columns of a row ask for it, one after the other."""


def of_worst(name: str) -> Any:
    """A value of the worst active use."""

    def value(row: SupplierPosture) -> object:
        found = worst(row)
        return None if found is None else getattr(found, name)

    return value


def rank(row: SupplierPosture) -> float:
    """Where the supplier stands among all: by score, those without a posture last."""
    found = worst(row)
    return NEVER_RATED if found is None else found.residual


VIEW = View(
    "posture",
    2,
    SupplierPosture,
    columns=(
        Column("supplier_id", "uuid", lambda row: row.id),
        Column("tier", "integer", lambda row: row.tier),
        Column("band", "text", of_worst("band")),
        Column("band_rank", "integer", of_worst("band_rank")),
        Column("score", "double precision", of_worst("residual")),
        Column("rank", "double precision", rank),
        Column("confidence", "double precision", of_worst("confidence")),
        Column("next_change_on", "date", lambda row: soonest(each.next_change_on for each in judged(row))),
        Column(
            "use_ids",
            "uuid[]",
            lambda row: " ".join(row.uses),
            given_as="text",
            sql="string_to_array({}, ' ')::uuid[]",
        ),
    ),
    indexes=(
        "(rank DESC, key DESC)",
        "(tier, rank DESC, key DESC) INCLUDE (band, score, confidence)",
        "(band, rank DESC, key DESC)",
        "(band_rank DESC, score DESC, key) WHERE band IS NOT NULL",
        "(next_change_on) WHERE next_change_on IS NOT NULL",
        "USING gin (use_ids) WITH (fastupdate = off)",
    ),
    finish=finished,
    days="columns",
    day_indexes=("(day, until) INCLUDE (key, tier, band, band_rank, score, rank, confidence)",),
)


def use_of(row: SupplierPosture, use_id: UUID) -> UsePosture | None:
    return row.uses.get(str(use_id))
