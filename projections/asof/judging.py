"""A supplier's posture judged on a day on which nothing need have happened."""

from __future__ import annotations

from datetime import date

from projections.posture.explaining import in_full
from projections.posture.finishing import on_day
from projections.posture.kept import SupplierPosture


def judged_on(row: SupplierPosture, day: date) -> SupplierPosture:
    """As it stands on a later day: the evidence is older, what ran out has run out."""
    return in_full(on_day(row, day) if day > row.on else row)
