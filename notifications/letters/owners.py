"""Notes to the relationship owner about a questionnaire that was, or was not, answered."""

from __future__ import annotations

from datetime import date, datetime

from notifications.letter import Envelope, Letter
from notifications.stationery import render


def answers_received(
    envelope: Envelope,
    *,
    vendor: str,
    about: str,
    submitted_at: datetime,
    submitted_by: str,
    answers: int,
    files: int,
    flags: int,
    link: str,
    due: date | None = None,
) -> Letter:
    """Tell the owner that answers arrived and what in them wants a look; `due` = when the vendor had to answer."""
    return render(
        "answers_received",
        envelope,
        vendor=vendor,
        about=about,
        submitted_at=submitted_at,
        submitted_by=submitted_by,
        answers=answers,
        files=files,
        flags=flags,
        link=link,
        due=due,
    )


def unresponsive_escalation(
    envelope: Envelope,
    *,
    vendor: str,
    about: str,
    asked: str,
    asked_address: str,
    due: date,
    today: date,
    answered: int,
    required: int,
    reminders: int,
    link: str,
    closes: date | None = None,
) -> Letter:
    """Ask the owner to get in touch: the vendor's contact (`asked`) does not answer our letters."""
    return render(
        "unresponsive_escalation",
        envelope,
        vendor=vendor,
        about=about,
        asked=asked,
        asked_address=asked_address,
        due=due,
        days=max(0, (today - due).days),
        answered=answered,
        required=required,
        reminders=reminders,
        link=link,
        closes=closes,
    )
