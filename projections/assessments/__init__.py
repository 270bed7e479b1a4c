"""Assessments: where every round stands, how far it has come, and for whom it waits."""

from projections.assessments import answering as answering  # its folds
from projections.assessments import life as life
from projections.assessments.queries import (
    Card,
    Cards,
    Filters,
    Sort,
    board,
    of,
    of_supplier,
    of_use,
    page,
    searched,
    stages,
    to_review,
)
from projections.assessments.rows import VIEW, AssessmentRow, Stage

__all__ = [
    "VIEW",
    "AssessmentRow",
    "Card",
    "Cards",
    "Filters",
    "Sort",
    "Stage",
    "board",
    "of",
    "of_supplier",
    "of_use",
    "page",
    "searched",
    "stages",
    "to_review",
]
