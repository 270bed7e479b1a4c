"""How a review goes its way on the docket."""

from __future__ import annotations

from typing import Any

from projections.docket.rows import VIEW, ConditionState, ReviewCondition, ReviewRow
from projections.view import but
from suppliers.ports import Recorded
from suppliers.review import Review, ReviewState


@VIEW.on(Review.Tabled)
def tabled(_: None, event: Review.Tabled, recorded: Recorded) -> ReviewRow:
    return ReviewRow(
        id=event.originator_id,
        version=event.originator_version,
        supplier_id=event.supplier_id,
        use_id=event.use_id,
        assessment_id=event.assessment_id,
        question=event.question,
        pack=event.pack,
        packed_at=event.timestamp,
        barred=tuple(sorted(event.barred)),
        tabled_by=event.by,
        tabled_at=event.timestamp,
        state=ReviewState.TABLED,
    )


@VIEW.on(Review.PackRenewed)
def pack_renewed(row: ReviewRow, event: Review.PackRenewed, recorded: Recorded) -> ReviewRow:
    return changed(row, event, pack=event.pack, packed_at=event.timestamp)


@VIEW.on(Review.Deferred)
def deferred(row: ReviewRow, event: Review.Deferred, recorded: Recorded) -> ReviewRow:
    return changed(row, event, deferred_until=event.until, reason=event.reason)


@VIEW.on(Review.Decided)
def decided(row: ReviewRow, event: Review.Decided, recorded: Recorded) -> ReviewRow:
    conditions = tuple(
        ReviewCondition(index=index, text=each.text, owner=each.owner, due_on=each.due_on)
        for index, each in enumerate(event.conditions)
    )
    return changed(
        row,
        event,
        state=ReviewState.DECIDED,
        outcome=event.outcome,
        reasons=event.reasons,
        conditions=conditions,
        valid_until=event.valid_until,
        seats=event.seats,
        decided_by=event.by,
        decided_at=event.timestamp,
    )


@VIEW.on(Review.ConditionMet)
def condition_met(row: ReviewRow, event: Review.ConditionMet, recorded: Recorded) -> ReviewRow:
    return with_condition(row, event, state=ConditionState.MET, evidence=event.evidence, by=event.by)


@VIEW.on(Review.ConditionMissed)
def condition_missed(row: ReviewRow, event: Review.ConditionMissed, recorded: Recorded) -> ReviewRow:
    return with_condition(row, event, state=ConditionState.MISSED)


@VIEW.on(Review.Withdrawn)
def withdrawn(row: ReviewRow, event: Review.Withdrawn, recorded: Recorded) -> ReviewRow:
    return changed(row, event, state=ReviewState.WITHDRAWN, reason=event.reason)


def changed(row: ReviewRow, event: Any, **changes: Any) -> ReviewRow:
    return but(row, version=event.originator_version, **changes)


def with_condition(row: ReviewRow, event: Any, **changes: Any) -> ReviewRow:
    conditions = tuple(
        but(each, at=event.timestamp, **changes) if each.index == event.index else each for each in row.conditions
    )
    return changed(row, event, conditions=conditions)
