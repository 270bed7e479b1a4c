"""Where a use stands on its way to a decision."""

from __future__ import annotations

from suppliers.word import Word


class SubjectKind(Word):
    VENDOR_MODEL = "vendor_model"
    DATA_SOURCE = "data_source"


class UseState(Word):
    """Where a use stands on its way to a decision."""

    DESCRIBED = "described"
    INTAKE_COMPLETE = "intake_complete"
    IN_ASSESSMENT = "in_assessment"
    READY = "ready_for_decision"
    APPROVED = "approved"
    CONDITIONAL = "conditionally_approved"
    REJECTED = "rejected"
    UNDER_REVIEW = "under_review"
    SUSPENDED = "suspended"
    RETIRED = "retired"


IN_USE = frozenset({UseState.APPROVED, UseState.CONDITIONAL})
ENDED = frozenset({UseState.REJECTED, UseState.RETIRED})
