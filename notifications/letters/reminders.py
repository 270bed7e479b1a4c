"""The reminder of an unanswered questionnaire, in four degrees of urgency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from notifications.letter import Envelope, Letter
from notifications.stationery import render


class Urgency(StrEnum):
    """How near the day is."""

    UPCOMING = "upcoming"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"
    FINAL = "final"


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionLeft:
    """A section with required questions still open, and who has it."""

    name: str
    left: int
    who: str = ""


def urgency_on(today: date, *, due: date) -> Urgency:
    """What the calendar alone says; that a reminder is the last one is for the caller to decide."""
    if today < due:
        return Urgency.UPCOMING
    return Urgency.DUE_TODAY if today == due else Urgency.OVERDUE


def questionnaire_reminder(
    envelope: Envelope,
    *,
    vendor: str,
    about: str,
    urgency: Urgency,
    due: date,
    today: date,
    answered: int,
    required: int,
    link: str,
    sections: Sequence[SectionLeft] = (),
    closes: date | None = None,
) -> Letter:
    """Say what is left and by when; the final one says what happens after `closes`."""
    return render(
        "questionnaire_reminder",
        envelope,
        vendor=vendor,
        about=about,
        urgency=urgency,
        due=due,
        days=abs((due - today).days),
        answered=answered,
        required=required,
        left=max(0, required - answered),
        link=link,
        sections=sections,
        closes=closes,
    )
