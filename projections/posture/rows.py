"""What the posture view keeps of a supplier: what its uses are judged by, and the judgement."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from projections.posture.finishing import finished
from projections.posture.kept import SupplierPosture, UsePosture
from projections.view import Column, View
from suppliers.posture import Posture

NEVER_RATED = -1.0


def judged(row: SupplierPosture) -> list[Posture]:
    """The postures that count."""
    return [use.result for use in row.uses.values() if use.result is not None and use.active]


def soonest(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day is not None), default=None)


def of_worst(name: str) -> Any:
    """A value of the worst active use."""

    def value(row: SupplierPosture) -> object:
        use = row.worst_use
        return None if use is None else getattr(use.result, name)

    return value


def rank(row: SupplierPosture) -> float:
    """Where the supplier stands among all: by score, those without a posture last."""
    use = row.worst_use
    return NEVER_RATED if use is None or use.result is None else use.result.residual


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
        "(band, tier)",
        "(band_rank DESC, score DESC) WHERE band IS NOT NULL",
        "(next_change_on) WHERE next_change_on IS NOT NULL",
        "USING gin (use_ids) WITH (fastupdate = off)",
    ),
    finish=finished,
    days="columns",
)


def use_of(row: SupplierPosture, use_id: UUID) -> UsePosture | None:
    return row.uses.get(str(use_id))
