"""How the uses in a dossier go their way."""

from __future__ import annotations

from typing import Any

from projections.dossier.entries import UseEntry
from projections.dossier.rows import VIEW, Dossier
from projections.view import adding, its_supplier, new, text_of, within
from suppliers.ports import Recorded
from suppliers.use import IN_USE, Use, UseState


@VIEW.on(Use.Described, keys=its_supplier)
def described(row: Dossier, event: Use.Described, recorded: Recorded) -> Dossier:
    use = new(
        UseEntry,
        id=event.originator_id,
        version=event.originator_version,
        subject_id=event.subject_id,
        subject_kind=event.subject_kind,
        title=event.title,
        purpose=event.purpose,
        requester=event.requester,
        described_at=event.timestamp,
        state=UseState.DESCRIBED,
        since=event.timestamp,
        before_suspension=UseState.DESCRIBED,
    )
    return adding(row, "uses", text_of(use.id), use)


@VIEW.on(Use.IntakeCompleted, keys=its_supplier)
def intake_completed(row: Dossier, event: Use.IntakeCompleted, recorded: Recorded) -> Dossier:
    if use_of(row, event).state is UseState.DESCRIBED:
        return moved(row, event, UseState.INTAKE_COMPLETE, intake=event.intake)
    return changed(row, event, intake=event.intake)


@VIEW.on(Use.EuClassRecorded, keys=its_supplier)
def class_recorded(row: Dossier, event: Use.EuClassRecorded, recorded: Recorded) -> Dossier:
    return changed(row, event, classification=event.classification, classified_by=event.by, class_confirmed_by=None)


@VIEW.on(Use.EuClassConfirmed, keys=its_supplier)
def class_confirmed(row: Dossier, event: Use.EuClassConfirmed, recorded: Recorded) -> Dossier:
    return changed(row, event, class_confirmed_by=event.by)


@VIEW.on(Use.TierAssigned, keys=its_supplier)
def tier_assigned(row: Dossier, event: Use.TierAssigned, recorded: Recorded) -> Dossier:
    policys = {"tier_reason": "", "tier_by": None, "tier_until": None}
    return changed(row, event, rating=event.rating, tier=event.rating.tier, **policys)


@VIEW.on(Use.TierOverridden, keys=its_supplier)
def tier_overridden(row: Dossier, event: Use.TierOverridden, recorded: Recorded) -> Dossier:
    return changed(row, event, tier=event.tier, tier_reason=event.reason, tier_by=event.by, tier_until=event.expires_on)


@VIEW.on(Use.AssessmentStarted, keys=its_supplier)
def assessment_started(row: Dossier, event: Use.AssessmentStarted, recorded: Recorded) -> Dossier:
    if use_of(row, event).state in IN_USE:
        return changed(row, event, assessment_id=event.assessment_id)
    return moved(row, event, UseState.IN_ASSESSMENT, assessment_id=event.assessment_id)


@VIEW.on(Use.ReadiedForDecision, keys=its_supplier)
def readied(row: Dossier, event: Use.ReadiedForDecision, recorded: Recorded) -> Dossier:
    return changed(row, event) if use_of(row, event).state in IN_USE else moved(row, event, UseState.READY)


@VIEW.on(Use.Approved, Use.ConditionallyApproved, keys=its_supplier)
def approved(row: Dossier, event: Use.Approved | Use.ConditionallyApproved, recorded: Recorded) -> Dossier:
    state = UseState.APPROVED if isinstance(event, Use.Approved) else UseState.CONDITIONAL
    return moved(row, event, state, review_id=event.review_id, approved_until=event.until)


@VIEW.on(Use.Rejected, keys=its_supplier)
def rejected(row: Dossier, event: Use.Rejected, recorded: Recorded) -> Dossier:
    return moved(row, event, UseState.REJECTED, review_id=event.review_id, approved_until=None)


@VIEW.on(Use.ApprovalExpired, keys=its_supplier)
def expired(row: Dossier, event: Use.ApprovalExpired, recorded: Recorded) -> Dossier:
    return moved(row, event, UseState.UNDER_REVIEW, reason="The approval ran out.", approved_until=None)


@VIEW.on(Use.ReviewTriggered, keys=its_supplier)
def review_triggered(row: Dossier, event: Use.ReviewTriggered, recorded: Recorded) -> Dossier:
    return moved(row, event, UseState.UNDER_REVIEW, reason=event.reason)


@VIEW.on(Use.Suspended, keys=its_supplier)
def suspended(row: Dossier, event: Use.Suspended, recorded: Recorded) -> Dossier:
    before = use_of(row, event).state
    return moved(row, event, UseState.SUSPENDED, reason=event.reason, before_suspension=before)


@VIEW.on(Use.Reinstated, keys=its_supplier)
def reinstated(row: Dossier, event: Use.Reinstated, recorded: Recorded) -> Dossier:
    return moved(row, event, use_of(row, event).before_suspension, reason=event.reason)


@VIEW.on(Use.PostureReassessed, keys=its_supplier)
def reassessed(row: Dossier, event: Use.PostureReassessed, recorded: Recorded) -> Dossier:
    """Only the version moves, so that who decides on what is shown here is not told it is stale."""
    return changed(row, event)


@VIEW.on(Use.Retired, keys=its_supplier)
def retired(row: Dossier, event: Use.Retired, recorded: Recorded) -> Dossier:
    return moved(row, event, UseState.RETIRED, reason=event.reason, approved_until=None)


def use_of(row: Dossier, event: Any) -> UseEntry:
    return row.uses[text_of(event.originator_id)]


def changed(row: Dossier, event: Any, **changes: Any) -> Dossier:
    return within(row, "uses", text_of(event.originator_id), version=event.originator_version, **changes)


def moved(row: Dossier, event: Any, state: UseState, *, reason: str = "", **changes: Any) -> Dossier:
    return changed(row, event, state=state, since=event.timestamp, reason=reason, **changes)
