"""How the council's decisions come into a dossier."""

from __future__ import annotations

from typing import Any

from projections.dossier.entries import DecisionEntry
from projections.dossier.rows import VIEW, Dossier
from projections.view import adding, its_supplier, new, text_of, within
from suppliers.ports import Recorded
from suppliers.review import Review, ReviewState


@VIEW.on(Review.Tabled, keys=its_supplier)
def tabled(row: Dossier, event: Review.Tabled, recorded: Recorded) -> Dossier:
    entry = new(
        DecisionEntry,
        review_id=event.originator_id,
        use_id=event.use_id,
        question=event.question,
        state=ReviewState.TABLED,
        tabled_at=event.timestamp,
    )
    return adding(row, "decisions", text_of(entry.review_id), entry)


@VIEW.on(Review.Decided, keys=its_supplier)
def decided(row: Dossier, event: Review.Decided, recorded: Recorded) -> Dossier:
    return changed(
        row,
        event,
        state=ReviewState.DECIDED,
        outcome=event.outcome,
        reasons=event.reasons,
        decided_by=event.by,
        decided_at=event.timestamp,
        valid_until=event.valid_until,
        conditions=len(event.conditions),
    )


@VIEW.on(Review.ConditionMet, keys=its_supplier)
def met(row: Dossier, event: Review.ConditionMet, recorded: Recorded) -> Dossier:
    return changed(row, event, conditions_met=entry_of(row, event).conditions_met + 1)


@VIEW.on(Review.ConditionMissed, keys=its_supplier)
def missed(row: Dossier, event: Review.ConditionMissed, recorded: Recorded) -> Dossier:
    return changed(row, event, conditions_missed=entry_of(row, event).conditions_missed + 1)


@VIEW.on(Review.Withdrawn, keys=its_supplier)
def withdrawn(row: Dossier, event: Review.Withdrawn, recorded: Recorded) -> Dossier:
    return changed(row, event, state=ReviewState.WITHDRAWN)


def entry_of(row: Dossier, event: Any) -> DecisionEntry:
    return row.decisions[text_of(event.originator_id)]


def changed(row: Dossier, event: Any, **changes: Any) -> Dossier:
    return within(row, "decisions", text_of(event.originator_id), **changes)
