"""Postures in full, for whoever reads one: what the table keeps of them are the numbers."""

from __future__ import annotations

from projections.posture.finishing import finished
from projections.posture.ground import policy_of
from projections.posture.inputs import inputs_of
from projections.posture.kept import SupplierPosture, UsePosture
from projections.view import but
from suppliers.posture import changes, helping, judge


def in_full(row: SupplierPosture) -> SupplierPosture:
    """With the reasons why each use stands as it does on the row's day, and what moved since the day before."""
    row = finished(row)
    return but(row, uses={id: _in_full(use, row) for id, use in row.uses.items()})


def explained(use: UsePosture, row: SupplierPosture) -> UsePosture:
    """Also with what would bring the risk down."""
    inputs = inputs_of(use, row)
    if use.result is None or inputs is None:
        return use
    found = helping(inputs, policy_of(use), use.result.on)
    return but(use, result=but(use.result, improvements=found))


def _in_full(use: UsePosture, row: SupplierPosture) -> UsePosture:
    inputs = inputs_of(use, row)
    if inputs is None:
        return but(use, result=None, moved=())
    result = judge(inputs, policy_of(use), row.on)
    return but(use, result=result, moved=changes(use.before, result) if use.before else (), before=use.was)
