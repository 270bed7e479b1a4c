"""A use's posture in a log."""

from __future__ import annotations

from uuid import UUID

from projections import posture
from projections.posture import SupplierPosture, UsePosture
from projections.posture.inputs import inputs_of
from projections.view import fold
from suppliers.factors import Verification
from suppliers.posture import UseInputs
from suppliers.use import Use
from tests.projections.log import Log


def row_of(log: Log, supplier_id: UUID) -> SupplierPosture:
    """As a reader gets it."""
    return posture.in_full(fold(posture.VIEW, log.facts)[str(supplier_id)])


def use_in(log: Log, use_id: UUID) -> UsePosture:
    return row_of(log, log.get(Use, use_id).supplier_id).uses[str(use_id)]


def judged_by(log: Log, use_id: UUID) -> UseInputs:
    """What the use is judged by."""
    inputs = inputs_of(use_in(log, use_id), row_of(log, log.get(Use, use_id).supplier_id))
    assert inputs is not None
    return inputs


def verification(log: Log, use_id: UUID, question: str) -> Verification:
    inputs = judged_by(log, use_id)
    return next(each.verification for part in inputs.sections for each in part.answers if each.question == question)
