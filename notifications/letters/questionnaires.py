"""Letters to a vendor about one questionnaire, from the invitation to the receipt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from notifications.letter import Envelope, Letter
from notifications.stationery import render


@dataclass(frozen=True, slots=True, kw_only=True)
class Clarification:
    """A question sent back, and what the reviewer wants to know."""

    number: str
    question: str
    remark: str


def questionnaire_invitation(
    envelope: Envelope,
    *,
    vendor: str,
    about: str,
    questions: int,
    minutes: int,
    due: date,
    link: str,
    purpose: str = "",
    message: str = "",
    to_hand: Sequence[str] = (),
) -> Letter:
    """Ask a vendor's contact to answer a questionnaire `about` a product; `to_hand` are documents worth having near.

    `message` is what the sender adds in their own words.
    """
    return render(
        "questionnaire_invitation",
        envelope,
        vendor=vendor,
        about=about,
        questions=questions,
        minutes=minutes,
        due=due,
        link=link,
        purpose=purpose,
        message=message,
        to_hand=to_hand,
    )


def submission_receipt(
    envelope: Envelope,
    *,
    vendor: str,
    about: str,
    submitted_at: datetime,
    submitted_by: str,
    answers: int,
    files: int,
    reference: str,
    link: str,
    reply_by: date | None = None,
) -> Letter:
    """Tell the vendor that the answers arrived, what was signed, and when they will hear."""
    return render(
        "submission_receipt",
        envelope,
        vendor=vendor,
        about=about,
        submitted_at=submitted_at,
        submitted_by=submitted_by,
        answers=answers,
        files=files,
        reference=reference,
        link=link,
        reply_by=reply_by,
    )


def returned_for_clarification(
    envelope: Envelope, *, vendor: str, about: str, items: Sequence[Clarification], due: date, link: str
) -> Letter:
    """Send some answers back with what is unclear about each."""
    return render("returned_for_clarification", envelope, vendor=vendor, about=about, items=items, due=due, link=link)


def assessment_withdrawn(
    envelope: Envelope, *, vendor: str, about: str, reason: str, answers_kept: bool = True
) -> Letter:
    """Tell the vendor that nothing more is to be done."""
    return render(
        "assessment_withdrawn", envelope, vendor=vendor, about=about, reason=reason, answers_kept=answers_kept
    )


def deadline_extended(
    envelope: Envelope, *, vendor: str, about: str, was_due: date, due: date, link: str, reason: str = ""
) -> Letter:
    """Tell the vendor that there is more time."""
    return render(
        "deadline_extended", envelope, vendor=vendor, about=about, was_due=was_due, due=due, link=link, reason=reason
    )
