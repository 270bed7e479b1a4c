"""What a schedule knows."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from projections.renewals.dated import Due
from projections.renewals.plan import planned
from projections.view import Row


class Promise(Row):
    """An open condition of an approval."""

    index: int
    text: str
    due_on: date


class Schedule(Row):
    """What is known of an aggregate that has dates; which they are follows from it."""

    __slots__ = ("told",)
    """What its columns tell of its dates (`rows.py`)."""

    kind: Literal["assessment", "attestation", "use", "review", "supplier"]
    id: UUID
    supplier_id: UUID
    use_id: UUID | None = None
    subject_id: UUID | None = None
    title: str = ""
    going: bool = True
    """Whether its dates count at present."""
    begins_on: date | None = None
    """Sent, valid from, or last round completed on this day."""
    ends_on: date | None = None
    """Due, valid until, approved until."""
    reached_on: date | None = None
    """Steps up to this day are done, or were never due."""
    overdue: bool = False
    tier: int | None = None
    approved: bool = False
    approved_before: bool = False
    """Whether it was approved when it was suspended."""
    round_open: bool = False
    promises: tuple[Promise, ...] = ()
    ratify_by: datetime | None = None

    @property
    def dates(self) -> tuple[Due, ...]:
        """In the order in which they may be acted upon."""
        return planned(self)
