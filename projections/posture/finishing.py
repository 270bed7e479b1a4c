"""Completes a supplier's posture: judges its uses for the row's day, and closes a day when another begins."""

from __future__ import annotations

from datetime import date

from projections.posture.account import account_of, with_account, written_on
from projections.posture.judging import completed, unmoved
from projections.posture.kept import SupplierPosture, appended
from projections.view import but
from suppliers.posture import Stand


def finished(row: SupplierPosture) -> SupplierPosture:
    """The row with every use judged. It follows from the rest of the row, however often it is done in between."""
    if not row.pending:
        return row
    done = but(row, uses={id: completed(use, row) for id, use in row.uses.items()}, pending=False)
    return with_account(done, account_of(row))


def on_day(row: SupplierPosture, day: date) -> SupplierPosture:
    """The row as something happens on a day: what was before goes into the history. Time never runs backwards."""
    if day <= row.on:
        return written_on(row) if row.pending else but(row, pending=True)
    account = account_of(row)
    for id, judged in account.judged.items():
        row = _closed(row, id, judged.stand)
    history = row.history if account.worst is None else appended(row.history, account.worst, row.on)
    return but(row, on=day, pending=True, history=history)


def _closed(row: SupplierPosture, id: str, last: Stand) -> SupplierPosture:
    """The same row when this use stands as it did after the day before, as most do."""
    use = row.uses[id]
    if last == use.was:
        return row
    return unmoved(row, id, before=last, history=appended(use.history, last, row.on))
