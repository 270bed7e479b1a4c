"""Dated things: what they are about, and who cares."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from projections.view import Row
from suppliers.word import Word


class Kind(Word):
    """What a date is about."""

    REMINDER = "assessment_reminder"
    OVERDUE = "assessment_overdue"
    LAPSE = "assessment_lapse"
    RENEWAL = "attestation_renewal"
    ATTESTATION_END = "attestation_lapse"
    APPROVAL_END = "approval_end"
    NEXT_ROUND = "next_round"
    CONDITION = "condition_due"
    RATIFICATION = "suspension_ratification"
    AGEING = "posture_ageing"


ACTED = frozenset(Kind) - {Kind.NEXT_ROUND}
"""For these the timekeeper has an order to give."""
SHOWN = frozenset(
    {
        Kind.OVERDUE,
        Kind.ATTESTATION_END,
        Kind.APPROVAL_END,
        Kind.NEXT_ROUND,
        Kind.CONDITION,
        Kind.RATIFICATION,
    }
)
"""These people care about; reminders and the like only lead up to them."""


class Due(Row):
    """A dated thing. `on` is the day people know it by, `due_at` the moment from which it may be acted upon."""

    key: str
    kind: Kind
    due_at: datetime
    on: date
    what: str
    supplier_id: UUID
    aggregate_id: UUID
    use_id: UUID | None = None
    subject_id: UUID | None = None
    params: Mapping[str, str | int] = {}
