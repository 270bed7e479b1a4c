"""What the council decided: the outcome for the vendor, the record for the owner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from notifications.letter import Envelope, Letter
from notifications.stationery import render


class Verdict(StrEnum):
    """The outcomes that are told by mail."""

    APPROVED = "approved"
    APPROVED_WITH_CONDITIONS = "approved_with_conditions"
    DECLINED = "declined"
    DEFERRED = "deferred"
    SUSPENDED = "suspended"
    REINSTATED = "reinstated"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Something to be done for an approval to stand."""

    text: str
    due: date | None = None
    owner: str = ""


def decision_reached(
    envelope: Envelope,
    *,
    vendor: str,
    about: str,
    verdict: Verdict,
    decided_on: date,
    explanation: str = "",
    conditions: Sequence[Condition] = (),
    valid_until: date | None = None,
    link: str = "",
) -> Letter:
    """Tell the vendor the outcome. `explanation` is what may be said outside; the council's reasons stay inside."""
    return render(
        "decision_reached",
        envelope,
        vendor=vendor,
        about=about,
        verdict=verdict,
        decided_on=decided_on,
        explanation=explanation,
        conditions=conditions,
        valid_until=valid_until,
        link=link,
    )


def decision_recorded(
    envelope: Envelope,
    *,
    vendor: str,
    about: str,
    verdict: Verdict,
    decided_on: date,
    decided_by: str,
    reasons: str,
    link: str,
    conditions: Sequence[Condition] = (),
    valid_until: date | None = None,
) -> Letter:
    """Tell the owner the outcome with the council's reasons and what the owner has to see to."""
    return render(
        "decision_recorded",
        envelope,
        vendor=vendor,
        about=about,
        verdict=verdict,
        decided_on=decided_on,
        decided_by=decided_by,
        reasons=reasons,
        link=link,
        conditions=conditions,
        valid_until=valid_until,
    )
