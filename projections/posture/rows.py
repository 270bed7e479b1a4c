"""What the posture view keeps of a supplier: what its uses are judged by, and the judgement."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any
from uuid import UUID

from projections.posture.account import account_of
from projections.posture.finishing import finished
from projections.posture.kept import SupplierPosture, UsePosture
from projections.view import Column, View

NEVER_RATED = -1.0
"""The rank of a supplier without a posture: it comes last."""
POINTS = 8
"""Scores that are at hand without reading a row."""


def of_worst(told: Callable[[Any], object], otherwise: object = None) -> Callable[[SupplierPosture], object]:
    """Of the stand of the worst active use; otherwise none is rated."""

    def value(row: SupplierPosture) -> object:
        worst = account_of(row).worst
        return otherwise if worst is None else told(worst)

    return value


def trend(row: SupplierPosture) -> str | None:
    """The scores before the present one, for small curves."""
    return " ".join([str(each.score) for each in row.history[-POINTS:]]) or None


def as_columns_see_it(row: SupplierPosture) -> SupplierPosture:
    """Its uses need not be completed for them."""
    return row


VIEW = View(
    "posture",
    7,
    SupplierPosture,
    columns=(
        Column("supplier_id", "uuid", lambda row: row.id),
        Column("standing", "text", lambda row: row.standing),
        Column("tier", "integer", lambda row: account_of(row).tier),
        Column("band", "text", of_worst(attrgetter("band"))),
        Column("band_rank", "integer", of_worst(attrgetter("band.rank"))),
        Column("score", "double precision", of_worst(attrgetter("residual"))),
        Column("rank", "double precision", of_worst(attrgetter("residual"), NEVER_RATED)),
        Column("confidence", "double precision", of_worst(attrgetter("confidence"))),
        Column("next_change_on", "date", lambda row: account_of(row).changes_on),
        Column(
            "use_ids",
            "uuid[]",
            lambda row: " ".join(row.uses),
            given_as="text",
            sql="string_to_array({}, ' ')::uuid[]",
            by_day=False,
        ),
        Column("trend", "text", trend, by_day=False),
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
    omits_defaults=True,
    day_indexes=("(day, until) INCLUDE (key, standing, tier, band, band_rank, score, rank, confidence)",),
)


def use_of(row: SupplierPosture, use_id: UUID) -> UsePosture | None:
    return row.uses.get(str(use_id))
