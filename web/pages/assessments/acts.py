"""What can be done about a round, in which state, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from suppliers import diligence
from suppliers.assessment import FINISHED, WITH_VENDOR, Assessment, AssessmentState
from suppliers.entitlement import BUYERS, REVIEWERS, RISK
from suppliers.ports import Actor
from web.pages.asks import REASON, Ask, Field, as_date
from web.pages.given import Given

GOING = frozenset(AssessmentState) - FINISHED
INVITED = WITH_VENDOR - {AssessmentState.SENDING}
DUE = Field(
    name="due_on", label="New due date", kind="date", hint="The vendor is told by mail.", missing="Give a due date."
)
CONTACT = Field(
    name="contact", label="Who answers", kind="select", offers="contacts", missing="Choose who answers from now on.",
    hint="Somebody new is named on the supplier's page.",
)  # fmt: skip
SUMMARY = Field(
    name="summary", label="Summary for the council", kind="textarea", required=False,
    hint="What stood out, in two or three sentences. The council reads it first.",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class RoundAct(Ask):
    """Something to do about a round; `within` are the states in which it makes sense."""

    within: frozenset[AssessmentState]
    needs_link: bool = False
    needs_request: bool = False

    def fits(self, round: Assessment, actor: Actor) -> bool:
        if not (round.state in self.within and self.allows(actor)):
            return False
        return not (self.needs_link and round.link_expires_at is None) and not (
            self.needs_request and round.more_time is None
        )


def _due(given: Given) -> date:
    return as_date(given.one("due_on")) or date.min


def acts(today: date) -> tuple[RoundAct, ...]:
    """Everything that can be done; a reminder by hand counts once a day."""
    return (
        RoundAct(key="extend", link="Give more time", title="Give the vendor more time", roles=BUYERS,
            within=WITH_VENDOR, fields=(DUE, REASON), button="Give more time", versioned=False,
            done="The vendor has more time and is told so by mail.",
            order=lambda given, id: diligence.ExtendDeadline(
                assessment_id=id, due_on=_due(given), reason=given.one("reason"))),
        RoundAct(key="remind", link="Remind now", title="Remind the vendor now", roles=BUYERS, within=INVITED,
            lead="A reminder with the link goes out, besides those of the schedule. At most one a day is sent by hand.",
            button="Send the reminder", versioned=False, done="The reminder is on its way.",
            order=lambda given, id: diligence.RemindVendor(assessment_id=id, step=f"by-hand:{today.isoformat()}")),
        RoundAct(key="renew-link", link="Mail a new link", title="Mail a new link", roles=BUYERS, within=WITH_VENDOR,
            lead="Earlier links stop working at once. What was answered so far stays.", button="Mail a new link",
            versioned=False, done="A new link is on its way; earlier ones no longer work.",
            order=lambda given, id: diligence.RenewLink(assessment_id=id)),
        RoundAct(key="contact", link="Change the contact", title="Who answers at the vendor?", roles=BUYERS,
            within=GOING, fields=(CONTACT,), button="Change the contact", versioned=False,
            lead="They are mailed a link of their own; earlier links stop working.",
            done="Somebody else answers from now on.",
            order=lambda given, id: diligence.ChangeContact.model_validate(
                {"assessment_id": id, "contact": given.one("contact")})),
        RoundAct(key="revoke-link", link="Revoke the link", title="Revoke the link", roles=BUYERS, within=GOING,
            needs_link=True, danger=True, fields=(REASON,), button="Revoke the link", versioned=False,
            lead="Nobody can open the questionnaire until a new link is mailed.", done="The link no longer works.",
            order=lambda given, id: diligence.RevokeLink(assessment_id=id, reason=given.one("reason"))),
        RoundAct(key="withdraw", link="Withdraw", title="Withdraw this assessment", roles=BUYERS, within=GOING,
            danger=True, fields=(REASON,), button="Withdraw it", done="The assessment is withdrawn.",
            lead="We no longer need these answers. The vendor is told, with your reason.",
            order=lambda given, id: diligence.WithdrawAssessment(assessment_id=id, reason=given.one("reason"))),
        RoundAct(key="close", link="Close the review", title="Close the review", roles=RISK | REVIEWERS,
            within=frozenset({AssessmentState.SUBMITTED}), fields=(SUMMARY,), button="Close the review",
            lead="Every answer was looked at. The use is then ready for a decision of the council.",
            done="The review is closed. The use is ready for a decision.",
            order=lambda given, id: diligence.CloseAssessment(assessment_id=id, summary=given.one("summary"))),
    )  # fmt: skip


def possible(round: Assessment, actor: Actor, today: date) -> list[RoundAct]:
    """What this person can do now; closing has its own place beside the review."""
    return [act for act in acts(today) if act.key != "close" and act.fits(round, actor)]
