"""Refusals: a named exception whose docstring is the sentence a person reads; one list, so that all speak alike."""

from __future__ import annotations


class Refusal(Exception):
    """This cannot be done."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail

    @property
    def sentence(self) -> str:
        """The sentence for a person, with what is particular to this case."""
        doc = " ".join((type(self).__doc__ or "").split())
        return f"{doc} {self.detail}".strip()


class StaleWrite(Refusal):
    """Someone changed this since you opened it. Nothing was saved: look at the current state and decide again."""


class NoSuchRecord(Refusal):
    """There is no such record."""


class NotEntitled(Refusal):
    """Your role does not allow this."""


class Ignored(Refusal):
    """This was already done; nothing changed."""


class AccessEnded(Refusal):
    """This person's access has ended."""


class AlreadyErased(Refusal):
    """This person's data was already erased."""


class ReasonMissing(Refusal):
    """Give a reason in words; it is kept on the record."""


class WrongStanding(Refusal):
    """The supplier's present standing does not allow this."""


class AlreadySuspended(Refusal):
    """This supplier is already suspended."""


class OwnerMissing(Refusal):
    """Name who in the company owns this relationship first."""


class ContactMissing(Refusal):
    """Name a contact at the supplier first."""


class SanctionsUnclear(Refusal):
    """Record a clean sanctions check first."""


class ExitIncomplete(Refusal):
    """Offboarding ends when access is removed and the return or deletion of our data is certified."""


class AlreadyRetired(Refusal):
    """This was already retired."""


class UnknownVersion(Refusal):
    """That version was never announced for this model."""


class IntakeMissing(Refusal):
    """Complete the intake of this use first."""


class ProhibitedUse(Refusal):
    """This use is classed as a prohibited practice under Article 5 of the EU AI Act. It cannot go further."""


class OwnRequest(Refusal):
    """You requested or own this, so someone else has to confirm or decide it."""


class WrongUseState(Refusal):
    """The present state of this use does not allow this."""


class TierOnlyUp(Refusal):
    """A tier can be lowered only by the council, with a reason and an expiry date."""


class AssessmentEnded(Refusal):
    """This assessment has ended; it can no longer be changed."""


class RoundStillOpen(Refusal):
    """A round of questions about this use is still open. Close or withdraw it before opening another."""


class NotYetSent(Refusal):
    """The questionnaire has not been sent yet."""


class AlreadySent(Refusal):
    """The questionnaire was already sent."""


class AnswersClosed(Refusal):
    """The answers were submitted and can only be read now. Ask for the assessment to be returned to change one."""


class AnswerOvertaken(Refusal):
    """A colleague changed this answer in the meantime. Look at theirs and decide which one to keep."""


class UnknownQuestion(Refusal):
    """This questionnaire has no such question."""


class UnknownEvidence(Refusal):
    """This assessment has no such file."""


class AnswersMissing(Refusal):
    """Some required questions have no answer yet."""


class StatementMissing(Refusal):
    """Give the name and title of the person who attests that the answers are true and complete."""


class NotSubmitted(Refusal):
    """The vendor has not submitted the answers yet."""


class ReviewIncomplete(Refusal):
    """Some answers or flags have not been reviewed yet."""


class DueDateNotLater(Refusal):
    """The new due date must be later than the present one and in the future."""


class LinkInvalid(Refusal):
    """This link no longer works."""


class DatesOutOfOrder(Refusal):
    """The last day of validity comes before the first."""


class AlreadyVerified(Refusal):
    """This attestation was already verified."""


class AttestationEnded(Refusal):
    """This attestation is no longer in force."""


class OwnUpload(Refusal):
    """You added this attestation, so someone else has to verify it."""


class AlreadyTabled(Refusal):
    """The council is asked about this use already."""


class AlreadyDecided(Refusal):
    """This was already decided."""


class NoSeat(Refusal):
    """Only a member of the council may decide this."""


class ConditionsMissing(Refusal):
    """An approval with conditions needs at least one condition, with an owner and a due date."""


class ConditionsUnexpected(Refusal):
    """Conditions belong to an approval with conditions."""


class BlockedByKnockOut(Refusal):
    """A knock-out is open. It must be cleared before an approval."""


class AboveAppetite(Refusal):
    """The residual risk is above the appetite for this tier: approve with conditions, defer or reject."""


class PackOutdated(Refusal):
    """The posture has changed since this was tabled. Table it again with the current posture."""


class UnknownCondition(Refusal):
    """This decision has no such condition."""


class DeferredToThePast(Refusal):
    """Choose a day in the future, on which the question comes back."""


class ValidityTooLong(Refusal):
    """An approval cannot be valid for longer than the policy allows."""
