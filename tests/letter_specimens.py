"""One specimen of every letter, with plausible or with hostile words in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import UUID

from notifications import letters
from notifications.letter import Correspondent, Envelope, House, Letter

TODAY = date(2026, 12, 8)
DUE = date(2026, 12, 11)
AT = datetime(2026, 12, 8, 10, 42, tzinfo=UTC)
PRIYA = UUID(int=7)
LINK = "https://review.meridian.example/q/8Kd3vPq1Zx7LmN4sT0uYwA"


class Words:
    """The words that come from outside."""

    def __init__(self, hostile: str = "") -> None:
        self.house = hostile or "Meridian Bank"
        self.vendor = hostile or "Northwind Cognition"
        self.about = hostile or "Northwind Extract 2"
        self.name = hostile or "Priya Raman"
        self.owner = hostile or "Dana Whitfield"
        self.said = hostile or "The product is used to read invoices; a person checks each result before it is paid."

    def envelope(self, key: str = "specimen") -> Envelope:
        return Envelope(
            key=key,
            house=House(name=self.house),
            to=Correspondent(address="priya@northwind.example", name=self.name, person=PRIYA),
            contact=Correspondent(address="dana.whitfield@meridian.example", name=self.owner),
        )

    def alone(self, key: str = "specimen") -> Envelope:
        to = Correspondent(address="dana.whitfield@meridian.example", name=self.owner)
        return Envelope(key=key, house=House(name=self.house), to=to)


def invitation(w: Words) -> Letter:
    return letters.questionnaire_invitation(
        w.envelope(), vendor=w.vendor, about=w.about, questions=46, minutes=75, due=DUE, link=LINK, purpose=w.said,
        to_hand=[f"Your SOC 2 report or ISO/IEC 42001 certificate {w.about}", "The list of training data sources"],
    )  # fmt: skip


def reminder(urgency: letters.Urgency, today: date = TODAY, answered: int = 31) -> Callable[[Words], Letter]:
    def write(w: Words) -> Letter:
        return letters.questionnaire_reminder(
            w.envelope(), vendor=w.vendor, about=w.about, urgency=urgency, due=DUE, today=today, answered=answered,
            required=46, link=LINK, closes=date(2026, 12, 28),
            sections=[
                letters.SectionLeft(name="Training data", left=4, who=w.name),
                letters.SectionLeft(name="Testing and monitoring", left=7, who="nobody yet"),
                letters.SectionLeft(name="Subcontractors", left=4),
            ] if answered < 46 else [],
        )  # fmt: skip

    return write


def received(flags: int) -> Callable[[Words], Letter]:
    return lambda w: letters.answers_received(
        w.alone(), vendor=w.vendor, about=w.about, submitted_at=AT, submitted_by=w.name, answers=46, files=5,
        flags=flags, link="https://review.meridian.example/assessments/42", due=DUE,
    )  # fmt: skip


def receipt(w: Words) -> Letter:
    return letters.submission_receipt(
        w.envelope(), vendor=w.vendor, about=w.about, submitted_at=AT, submitted_by=w.name, answers=46, files=5,
        reference="A-2026-0042", link=LINK, reply_by=date(2027, 1, 15),
    )  # fmt: skip


def returned(w: Words) -> Letter:
    items = [
        letters.Clarification(number="3.1a", question="Where is that agreement recorded?", remark=w.said),
        letters.Clarification(
            number="5.2",
            question="Which evaluation covers this exact version?",
            remark="The report names version 1.8, and we would use 2.0.",
        ),
    ]
    return letters.returned_for_clarification(
        w.envelope(), vendor=w.vendor, about=w.about, items=items, due=DUE, link=LINK
    )


def withdrawn(w: Words) -> Letter:
    return letters.assessment_withdrawn(w.envelope(), vendor=w.vendor, about=w.about, reason=w.said)


def extended(w: Words) -> Letter:
    return letters.deadline_extended(
        w.envelope(), vendor=w.vendor, about=w.about, was_due=DUE, due=date(2027, 1, 8), link=LINK, reason=w.said
    )


def unresponsive(w: Words) -> Letter:
    return letters.unresponsive_escalation(
        w.alone(), vendor=w.vendor, about=w.about, asked=w.name, asked_address="priya@northwind.example", due=DUE,
        today=date(2026, 12, 14), answered=31, required=46, reminders=4, closes=date(2026, 12, 21),
        link="https://review.meridian.example/assessments/42",
    )  # fmt: skip


def renewal(w: Words) -> Letter:
    return letters.attestation_renewal_due(
        w.envelope(), vendor=w.vendor, about=w.about, attestation="SOC 2 Type II report", issuer=w.owner,
        ends=date(2027, 1, 7), today=TODAY, link=LINK,
    )  # fmt: skip


def renewal_escalated(w: Words) -> Letter:
    return letters.attestation_renewal_escalated(
        w.alone(), vendor=w.vendor, about=w.about, attestation="SOC 2 Type II report", asked=w.name, requests=3,
        ends=date(2026, 11, 24), today=TODAY, link="https://review.meridian.example/attestations/9",
    )  # fmt: skip


def lapsed(audience: letters.Audience) -> Callable[[Words], Letter]:
    return lambda w: letters.attestation_lapsed(
        w.envelope(), audience=audience, vendor=w.vendor, about=w.about, attestation="SOC 2 Type II report",
        issuer=w.owner, ended=date(2026, 12, 7), link=LINK, consequence=w.said,
    )  # fmt: skip


CONDITIONS = (
    letters.Condition(text="Send the evaluation of version 2.0", due=date(2027, 1, 31), owner="Northwind Cognition"),
    letters.Condition(text="Keep a person in the loop for payments over 10,000 euro"),
)


def decision(verdict: letters.Verdict) -> Callable[[Words], Letter]:
    return lambda w: letters.decision_reached(
        w.envelope(), vendor=w.vendor, about=w.about, verdict=verdict, decided_on=TODAY, explanation=w.said,
        conditions=CONDITIONS if "conditions" in verdict else (), link=LINK,
        valid_until=date(2027, 6, 6) if "approved" in verdict else None,
    )  # fmt: skip


def record(verdict: letters.Verdict) -> Callable[[Words], Letter]:
    return lambda w: letters.decision_recorded(
        w.alone(), vendor=w.vendor, about=w.about, verdict=verdict, decided_on=TODAY, decided_by="The AI council",
        reasons=w.said, link="https://review.meridian.example/decisions/7",
        conditions=CONDITIONS if "conditions" in verdict else (),
        valid_until=date(2027, 6, 6) if "approved" in verdict else None,
    )  # fmt: skip


def digest(w: Words) -> Letter:
    return letters.renewal_digest(
        w.alone(), today=TODAY, until=date(2027, 1, 8), link="https://review.meridian.example/renewals",
        renewals=[
            letters.Renewal(what="SOC 2 Type II report", vendor=w.vendor, due=date(2027, 1, 7), link=LINK),
            letters.Renewal(what="Yearly questionnaire", vendor="Contoso Speech", due=date(2026, 12, 1), link=LINK),
            letters.Renewal(what="ISO/IEC 42001 certificate", vendor="Fabrikam Vision", due=DUE, link=LINK),
        ],
    )  # fmt: skip


def for_vendor(w: Words) -> Letter:
    return letters.vendor_code(w.envelope(), about=w.about, code="481 207", minutes=10)


def for_staff(w: Words) -> Letter:
    return letters.sign_in_code(w.alone(), code="902 115", minutes=10, asked_from=f"Firefox on Linux {w.vendor}")


def head(w: Words) -> Letter:
    return letters.tree_head(w.alone(), note="northwind\n42\ncnJy\n2026-12-08T10:42:00Z\n\n— northwind c2ln", day=TODAY)


SPECIMENS: dict[str, Callable[[Words], Letter]] = {
    "invitation": invitation,
    **{f"reminder {urgency}": reminder(urgency) for urgency in (letters.Urgency.UPCOMING,)},
    "reminder due_today": reminder(letters.Urgency.DUE_TODAY, DUE),
    "reminder overdue": reminder(letters.Urgency.OVERDUE, date(2026, 12, 14)),
    "reminder final": reminder(letters.Urgency.FINAL, date(2026, 12, 21)),
    "reminder all answered": reminder(letters.Urgency.UPCOMING, answered=46),
    "answers received": received(3),
    "answers received without flags": received(0),
    "receipt": receipt,
    "returned": returned,
    "withdrawn": withdrawn,
    "extended": extended,
    "unresponsive": unresponsive,
    "renewal": renewal,
    "renewal escalated": renewal_escalated,
    **{f"lapsed for {audience}": lapsed(audience) for audience in letters.Audience},
    **{f"decision {verdict}": decision(verdict) for verdict in letters.Verdict},
    **{f"record {verdict}": record(verdict) for verdict in letters.Verdict},
    "vendor code": for_vendor,
    "sign-in code": for_staff,
    "digest": digest,
    "head of the log": head,
}
