"""The schedules that decisions make: ends of approvals, next rounds, conditions, ratifications."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from projections.renewals.rows import VIEW, Schedule
from projections.renewals.schedule import Promise
from projections.view import but, new, text_of
from suppliers.ports import Recorded
from suppliers.review import Review
from suppliers.supplier import Supplier
from suppliers.use import Use


def of_use(event: Any, recorded: Recorded) -> Iterable[str]:
    return (f"use:{text_of(event.originator_id)}",)


def of_review(event: Any, recorded: Recorded) -> Iterable[str]:
    return (f"review:{text_of(event.originator_id)}",)


def of_supplier(event: Any, recorded: Recorded) -> Iterable[str]:
    return (f"supplier:{text_of(event.originator_id)}",)


@VIEW.on(Use.Described, keys=of_use)
def described(_: None, event: Use.Described, recorded: Recorded) -> Schedule:
    return new(
        Schedule,
        kind="use",
        id=event.originator_id,
        supplier_id=event.supplier_id,
        use_id=event.originator_id,
        subject_id=event.subject_id,
        title=event.title,
    )


@VIEW.on(Use.TierAssigned, Use.TierOverridden, keys=of_use)
def tiered(row: Schedule, event: Use.TierAssigned | Use.TierOverridden, recorded: Recorded) -> Schedule:
    return but(row, tier=event.rating.tier if isinstance(event, Use.TierAssigned) else event.tier)


@VIEW.on(Use.AssessmentStarted, keys=of_use)
def round_started(row: Schedule, event: Use.AssessmentStarted, recorded: Recorded) -> Schedule:
    return but(row, round_open=True)


@VIEW.on(Use.ReadiedForDecision, keys=of_use)
def round_completed(row: Schedule, event: Use.ReadiedForDecision, recorded: Recorded) -> Schedule:
    return but(row, round_open=False, begins_on=event.timestamp.date())


@VIEW.on(Use.Approved, Use.ConditionallyApproved, keys=of_use)
def approved(row: Schedule, event: Use.Approved | Use.ConditionallyApproved, recorded: Recorded) -> Schedule:
    return but(row, going=True, approved=True, ends_on=event.until)


@VIEW.on(Use.ApprovalExpired, keys=of_use)
def expired(row: Schedule, event: Use.ApprovalExpired, recorded: Recorded) -> Schedule:
    return but(row, approved=False, ends_on=None)


@VIEW.on(Use.ReviewTriggered, Use.Suspended, keys=of_use)
def paused(row: Schedule, event: Use.Event, recorded: Recorded) -> Schedule:
    """An approval that does not count now cannot run out; a reinstatement brings it back."""
    return but(row, approved=False, approved_before=row.approved and isinstance(event, Use.Suspended))


@VIEW.on(Use.Reinstated, keys=of_use)
def reinstated(row: Schedule, event: Use.Reinstated, recorded: Recorded) -> Schedule:
    return but(row, approved=row.approved_before, approved_before=False)


@VIEW.on(Use.Rejected, Use.Retired, keys=of_use)
def ended(row: Schedule, event: Use.Event, recorded: Recorded) -> Schedule:
    return but(row, going=False, approved=False, ends_on=None)


@VIEW.on(Review.Decided, keys=of_review)
def decided(_: None, event: Review.Decided, recorded: Recorded) -> Schedule | None:
    if not event.conditions:
        return None
    promises = tuple(
        new(Promise, index=index, text=each.text, due_on=each.due_on) for index, each in enumerate(event.conditions)
    )
    return new(
        Schedule,
        kind="review",
        id=event.originator_id,
        supplier_id=event.supplier_id,
        use_id=event.use_id,
        promises=promises,
    )


@VIEW.on(Review.ConditionMet, Review.ConditionMissed, keys=of_review)
def settled(row: Schedule, event: Review.ConditionMet | Review.ConditionMissed, recorded: Recorded) -> Schedule | None:
    left = tuple(each for each in row.promises if each.index != event.index) if row else ()
    return but(row, promises=left) if left else None


@VIEW.on(Supplier.Suspended, keys=of_supplier)
def suspended(_: None, event: Supplier.Suspended, recorded: Recorded) -> Schedule | None:
    if event.ratify_by is None:
        return None
    id = event.originator_id
    return new(Schedule, kind="supplier", id=id, supplier_id=id, ratify_by=event.ratify_by)


@VIEW.on(
    Supplier.SuspensionRatified,
    Supplier.SuspensionLapsed,
    Supplier.Reinstated,
    Supplier.OffboardingStarted,
    keys=of_supplier,
)
def no_longer(row: Schedule | None, event: Supplier.Event, recorded: Recorded) -> None:
    return None
