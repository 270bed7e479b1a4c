"""Where a round stands, in one sentence, and what happens next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from suppliers.assessment import Assessment, AssessmentState
from suppliers.cadence import nudges
from suppliers.policy import ScoringPolicy
from web.dates import Calendar

words = Calendar()


@dataclass(frozen=True)
class Standing:
    """`tone` colours it; `link` is the one thing to do, when there is one."""

    sentence: str
    next: str
    tone: str = "info"
    link: tuple[str, str] | None = None


def standing(round: Assessment, *, bounce: str, sent_on: date | None, to_review: int, contact: str,
             policy: ScoringPolicy, today: date) -> Standing:  # fmt: skip
    """`to_review` counts the answers nobody has judged yet."""
    here = f"/assessments/{round.id}"
    due = words.date(round.due_on)
    match round.state:
        case AssessmentState.OPENED if bounce:
            text = f"The mail server refused the invitation: {bounce}."
            return Standing(text, "Choose another contact, then send it again.", "bad",
                            ("Change the contact", f"{here}/do/contact"))  # fmt: skip
        case AssessmentState.OPENED:
            return Standing("Prepared, not sent.", "Look at the mail, then send it.", "warn",
                            ("Look at the mail", f"{here}/send"))  # fmt: skip
        case AssessmentState.SENDING:
            return Standing(f"The invitation to {contact} is on its way.", "This page says when it was taken.")
        case AssessmentState.SUBMITTED:
            return _submitted(round, to_review)
        case AssessmentState.CLOSED:
            ready = ("Table it for the council", f"/council/new?use={round.use_id}")
            return Standing("The review is complete.", "The council decides on it.", "good", ready)
        case AssessmentState.WITHDRAWN:
            return Standing("Withdrawn: we no longer need these answers.", "Nothing more is to be done.", "plain")
        case AssessmentState.LAPSED:
            return Standing("Nobody answered within thirty days after the due date.",
                            "Ask again with a new assessment, or take it to the council.", "bad")  # fmt: skip
    return _with_vendor(round, contact, due, _next_reminder(round, sent_on, policy, today))


def _submitted(round: Assessment, to_review: int) -> Standing:
    flags = (
        f" and {len(round.flags)} open flags" if len(round.flags) > 1 else " and one open flag" if round.flags else ""
    )
    if to_review:
        answers = "one answer" if to_review == 1 else f"{to_review} answers"
        return Standing(f"Submitted, with {answers} to review{flags}.", "Judge each answer, then close the review.",
                        "warn")  # fmt: skip
    return Standing(f"Every answer was reviewed{flags}.", "Close the review; the council decides next.", "good",
                    ("Close the review", f"/assessments/{round.id}/do/close"))  # fmt: skip


def _with_vendor(round: Assessment, contact: str, due: str, reminder: str) -> Standing:
    here = f"/assessments/{round.id}"
    if round.link_expires_at is None:
        return Standing("The link was revoked: nobody can answer.", "Mail a new link to let them go on.", "bad",
                        ("Mail a new link", f"{here}/do/renew-link"))  # fmt: skip
    if round.more_time is not None and round.more_time.until > round.due_on:
        text = f"{contact} asks for more time, until {words.date(round.more_time.until)}: “{round.more_time.reason}”"
        return Standing(text, f"It is due on {due}.", "warn", ("Answer the request", f"{here}/do/extend"))
    if round.overdue:
        return Standing(f"It was due on {due} and has not been submitted.", reminder, "bad")
    said = {
        AssessmentState.SENT: f"{contact} was invited and has not opened it yet.",
        AssessmentState.BEGUN: f"{contact} is answering.",
        AssessmentState.RETURNED: f"It went back to {contact} for clarification.",
    }
    return Standing(said[round.state], f"It is due on {due}. {reminder}", "info")


def _next_reminder(round: Assessment, sent_on: date | None, policy: ScoringPolicy, today: date) -> str:
    if sent_on is None or round.link_expires_at is None:
        return ""
    ahead = [each.on for each in nudges(sent_on, round.due_on, policy) if each.on > today]
    if ahead:
        return f"The next reminder goes out on {words.date(ahead[0])}."
    return "The reminders of the schedule are used up; remind by hand, give more time, or withdraw it."
