"""Completes a supplier's posture: judges its uses for the row's day, and closes a day when another begins."""

from __future__ import annotations

from datetime import date

from projections.posture.account import account_of, with_account, written_on
from projections.posture.judging import as_before, completed
from projections.posture.kept import SupplierPosture, UsePosture, appended
from projections.posture.known import Judged
from projections.view import but


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
    uses = {id: _closed(use, account.judged.get(id), row.on) for id, use in row.uses.items()}
    history = row.history if account.worst is None else appended(row.history, account.worst, row.on)
    return but(row, on=day, pending=True, uses=uses, history=history)


def _closed(use: UsePosture, judged: Judged | None, on: date) -> UsePosture:
    """The same use when it stands as it did after the day before, as most do."""
    if judged is None or judged.stand is use.before:
        return use
    closed = but(use, before=judged.stand, history=appended(use.history, judged.stand, on))
    as_before(closed, use)
    return closed
