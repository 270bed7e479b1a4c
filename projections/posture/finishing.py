"""Completes a supplier's posture: judges its uses for the row's day, and closes a day when another begins."""

from __future__ import annotations

from datetime import date

from projections.posture.judging import judged, stand_of
from projections.posture.kept import SupplierPosture, UsePosture, appended, badness, point
from projections.view import but
from suppliers.posture import Stand, changes


def finished(row: SupplierPosture) -> SupplierPosture:
    """The row with every use judged. It follows from the rest of the row, however often it is done in between."""
    if not row.stale:
        return row
    return but(row, uses={id: _judged(use, row) for id, use in row.uses.items()}, stale=False)


def on_day(row: SupplierPosture, day: date) -> SupplierPosture:
    """The row as something happens on a day: what was before goes into the history. Time never runs backwards."""
    if day <= row.on:
        return row if row.stale else but(row, stale=True)
    stands = {id: stand_of(use, row) for id, use in row.uses.items()}
    uses = {id: _closed(use, stands[id]) for id, use in row.uses.items()}
    standing = [(use, last) for id, use in row.uses.items() if use.active and (last := stands[id]) is not None]
    if not standing:
        return but(row, on=day, stale=True, uses=uses)
    _, worst = min(standing, key=lambda each: badness(*each))
    return but(row, on=day, stale=True, uses=uses, history=appended(row.history, point(worst)))


def _judged(use: UsePosture, row: SupplierPosture) -> UsePosture:
    result = judged(use, row)
    if result is None:
        return use if use.result is None else but(use, result=None, moved=())
    return but(use, result=result, moved=changes(use.before, result) if use.before else ())


def _closed(use: UsePosture, last: Stand | None) -> UsePosture:
    return use if last is None else but(use, before=last, history=appended(use.history, point(last)))
