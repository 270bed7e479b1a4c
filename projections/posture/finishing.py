"""Completes a supplier's posture: judges its uses for the row's day, and closes a day when another begins."""

from __future__ import annotations

from datetime import date

from projections.posture.judging import inputs_of, policy_of, sketch, sketched
from projections.posture.kept import SupplierPosture, UsePosture, appended, point
from projections.view import but
from suppliers.posture import Posture, assess, changes


def finished(row: SupplierPosture) -> SupplierPosture:
    """The row with every use judged. It follows from the rest of the row, however often it is done in between."""
    if not row.stale:
        return row
    return but(row, uses={id: _judged(use, row) for id, use in row.uses.items()}, stale=False)


def on_day(row: SupplierPosture, day: date) -> SupplierPosture:
    """The row as something happens on a day: what was before goes into the history. Time never runs backwards."""
    if day <= row.on:
        return but(row, stale=True)
    uses = {id: _closed(use, row) for id, use in row.uses.items()}
    closed = but(row, uses=uses)
    worst = closed.worst_use
    history = appended(row.history, point(worst.before)) if worst and worst.before else row.history
    return but(closed, on=day, stale=True, history=history)


def _judged(use: UsePosture, row: SupplierPosture) -> UsePosture:
    inputs = inputs_of(use, row)
    if inputs is None:
        return but(use, inputs=None, result=None, moved=())
    result = assess(inputs, policy_of(use), row.on)
    return but(use, inputs=inputs, result=result, moved=changes(use.before, result) if use.before else ())


def _closed(use: UsePosture, row: SupplierPosture) -> UsePosture:
    last = _at_the_end_of_the_day(use, row)
    if last is None:
        return but(use, result=None)
    return but(use, result=last, before=last, history=appended(use.history, point(last)))


def _at_the_end_of_the_day(use: UsePosture, row: SupplierPosture) -> Posture | None:
    if not row.stale:
        return None if use.result is None else sketched(use.result)
    inputs = inputs_of(use, row)
    return None if inputs is None else sketch(inputs, policy_of(use), row.on)
