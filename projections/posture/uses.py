"""How suppliers and their uses change what a posture is computed from."""

from __future__ import annotations

from typing import Any

from projections.posture.account import written_on
from projections.posture.finishing import on_day
from projections.posture.judging import unmoved
from projections.posture.kept import SupplierPosture, UsePosture
from projections.posture.known import known
from projections.posture.parts import NAMES, Classed, Profile, Rated
from projections.posture.rows import VIEW
from projections.view import adding, but, its_supplier, new, text_of, within
from suppliers.aggregate import DomainEvent
from suppliers.ports import Recorded
from suppliers.supplier import Standing, Supplier
from suppliers.use import IN_USE, Use, UseState
from suppliers.vendor_model import VendorModel

NEW_STANDING: dict[type[DomainEvent], Standing] = {
    Supplier.OnboardingStarted: Standing.ONBOARDING,
    Supplier.Approved: Standing.APPROVED,
    Supplier.ApprovedWithConditions: Standing.CONDITIONAL,
    Supplier.Declined: Standing.DECLINED,
    Supplier.OffboardingStarted: Standing.OFFBOARDING,
    Supplier.Offboarded: Standing.OFFBOARDED,
    Supplier.Reproposed: Standing.PROPOSED,
}


@VIEW.on(Supplier.Proposed)
def proposed(_: None, event: Supplier.Proposed, recorded: Recorded) -> SupplierPosture:
    day = event.timestamp.date()
    return new(SupplierPosture, id=event.originator_id, standing=Standing.PROPOSED, on=day, pending=True)


@VIEW.on(*NEW_STANDING)
def moved(row: SupplierPosture, event: Supplier.Event, recorded: Recorded) -> SupplierPosture:
    return but(dated(row, event), standing=NEW_STANDING[type(event)], suspended=None)


@VIEW.on(Supplier.Suspended)
def suspended(row: SupplierPosture, event: Supplier.Suspended, recorded: Recorded) -> SupplierPosture:
    after = dated(row, event)
    return but(after, before_suspension=row.standing, standing=Standing.SUSPENDED, suspended=event.reason)


@VIEW.on(Supplier.SuspensionLapsed, Supplier.Reinstated)
def resumed(row: SupplierPosture, event: Supplier.Event, recorded: Recorded) -> SupplierPosture:
    standing = row.before_suspension or Standing.ONBOARDING
    return but(dated(row, event), standing=standing, before_suspension=None, suspended=None)


@VIEW.on(Use.Described, keys=its_supplier, by_day=False)
def described(row: SupplierPosture, event: Use.Described, recorded: Recorded) -> SupplierPosture:
    use = new(
        UsePosture,
        id=event.originator_id,
        title=event.title,
        subject_id=event.subject_id,
        subject_kind=event.subject_kind,
        state=UseState.DESCRIBED,
    )
    return adding(written_on(row), "uses", text_of(use.id), use)


@VIEW.on(Use.IntakeCompleted, keys=its_supplier)
def intake_completed(row: SupplierPosture, event: Use.IntakeCompleted, recorded: Recorded) -> SupplierPosture:
    use = row.uses[text_of(event.originator_id)]
    state = UseState.INTAKE_COMPLETE if use.state is UseState.DESCRIBED else use.state
    given = event.intake
    said = new(Profile, facts=given.facts, factors=tuple([given.factors.get(name) for name in NAMES]))
    return with_use(row, event, intake=said, state=state)


@VIEW.on(Use.EuClassRecorded, keys=its_supplier)
def class_recorded(row: SupplierPosture, event: Use.EuClassRecorded, recorded: Recorded) -> SupplierPosture:
    found = event.classification
    return with_use(row, event, classification=new(Classed, eu_class=found.eu_class, route=found.route))


@VIEW.on(Use.TierAssigned, keys=its_supplier)
def tier_assigned(row: SupplierPosture, event: Use.TierAssigned, recorded: Recorded) -> SupplierPosture:
    given = event.rating
    scores = tuple([given.scores[name] for name in NAMES])
    return with_use(row, event, rating=new(Rated, scores=scores, tier=given.tier, policy=given.policy), tier=given.tier)


@VIEW.on(Use.TierOverridden, keys=its_supplier)
def tier_overridden(row: SupplierPosture, event: Use.TierOverridden, recorded: Recorded) -> SupplierPosture:
    return with_use(row, event, tier=event.tier)


@VIEW.on(Use.AssessmentStarted, Use.ReadiedForDecision, keys=its_supplier)
def on_its_way(row: SupplierPosture, event: Use.Event, recorded: Recorded) -> SupplierPosture:
    if row.uses[text_of(event.originator_id)].state in IN_USE:
        return row
    started = isinstance(event, Use.AssessmentStarted)
    return with_state(row, event, UseState.IN_ASSESSMENT if started else UseState.READY)


@VIEW.on(Use.Approved, Use.ConditionallyApproved, Use.Rejected, Use.Retired, keys=its_supplier)
def decided(row: SupplierPosture, event: Use.Event, recorded: Recorded) -> SupplierPosture:
    states = {
        Use.Approved: UseState.APPROVED,
        Use.ConditionallyApproved: UseState.CONDITIONAL,
        Use.Rejected: UseState.REJECTED,
        Use.Retired: UseState.RETIRED,
    }
    return with_state(row, event, states[type(event)])


@VIEW.on(Use.ApprovalExpired, Use.ReviewTriggered, keys=its_supplier)
def under_review(row: SupplierPosture, event: Use.Event, recorded: Recorded) -> SupplierPosture:
    return with_state(row, event, UseState.UNDER_REVIEW)


@VIEW.on(Use.Suspended, keys=its_supplier)
def use_suspended(row: SupplierPosture, event: Use.Suspended, recorded: Recorded) -> SupplierPosture:
    before = row.uses[text_of(event.originator_id)].state
    return with_use(row, event, before_suspension=before, state=UseState.SUSPENDED, suspended=event.reason)


@VIEW.on(Use.Reinstated, keys=its_supplier)
def use_reinstated(row: SupplierPosture, event: Use.Reinstated, recorded: Recorded) -> SupplierPosture:
    before = row.uses[text_of(event.originator_id)].before_suspension
    return with_use(row, event, state=before, suspended=None)


@VIEW.on(Use.PostureReassessed, keys=its_supplier)
def reassessed(row: SupplierPosture, event: Use.PostureReassessed, recorded: Recorded) -> SupplierPosture:
    return on_day(row, max(event.on, event.timestamp.date()))


@VIEW.on(VendorModel.VersionAdopted, keys=its_supplier)
def version_adopted(row: SupplierPosture, event: VendorModel.VersionAdopted, recorded: Recorded) -> SupplierPosture:
    after = dated(row, event)
    uses = {
        id: but(use, superseded_on=event.timestamp.date()) if use.subject_id == event.originator_id else use
        for id, use in after.uses.items()
    }
    return but(after, uses=uses)


def dated(row: SupplierPosture, event: Any) -> SupplierPosture:
    """The row on the day of an event that matters."""
    return on_day(row, event.timestamp.date())


def with_use(row: SupplierPosture, event: Any, **changes: Any) -> SupplierPosture:
    """The row with a use that is to be judged by something else."""
    id, row = text_of(event.originator_id), dated(row, event)
    after = within(row, "uses", id, **changes)
    known.forget(after.uses[id])
    return after


def with_state(row: SupplierPosture, event: Any, state: UseState) -> SupplierPosture:
    """The row with a use that came on, which says nothing of how it stands."""
    return unmoved(dated(row, event), text_of(event.originator_id), state=state)
