"""Completes a supplier's posture: judges its uses for the row's day, and closes a day when another begins."""

from __future__ import annotations

from datetime import date

from projections.posture.judging import as_before, completed, stand_of
from projections.posture.kept import SupplierPosture, UsePosture, appended, badness
from projections.view import but
from suppliers.posture import Stand


def finished(row: SupplierPosture) -> SupplierPosture:
    """The row with every use judged. It follows from the rest of the row, however often it is done in between."""
    if not row.pending:
        return row
    return but(row, uses={id: completed(use, row) for id, use in row.uses.items()}, pending=False)


def on_day(row: SupplierPosture, day: date) -> SupplierPosture:
    """The row as something happens on a day: what was before goes into the history. Time never runs backwards."""
    if day <= row.on:
        return row if row.pending else but(row, pending=True)
    worst, place, uses = None, None, {}
    for id, use in row.uses.items():
        last = stand_of(use, row)
        uses[id] = use if last is None else _closed(use, last, row)
        if last is not None and use.active and (place is None or badness(use, last) < place):
            worst, place = last, badness(use, last)
    history = row.history if worst is None else appended(row.history, worst, row.on)
    return but(row, on=day, pending=True, uses=uses, history=history)


def _closed(use: UsePosture, last: Stand, row: SupplierPosture) -> UsePosture:
    """The same use when it stands as it did after the day before, as most do."""
    history = appended(use.history, last, row.on)
    if last is use.before and history is use.history:
        return use
    closed = but(use, before=last, history=history)
    as_before(closed, use)
    return closed
