"""How far a round has come."""

from __future__ import annotations

from functools import cache
from typing import Any

from projections.assessments.rows import AssessmentRow
from projections.view import but
from suppliers.questionnaires import Questionnaire, asked, library
from suppliers.questionnaires.conditions import leaves


def counted(row: AssessmentRow) -> AssessmentRow:
    """The row with its questions counted anew."""
    questions = asked(_questionnaire(row), row.facts, row.values)
    answered = sum(question.id in row.values for question in questions)
    required_open = sum(question.required and question.id not in row.values for question in questions)
    return but(row, asked=len(questions), answered=answered, required_open=required_open)


def worth_keeping(row: AssessmentRow, question: str, value: Any) -> Any:
    """An answer that decides what else is asked, or that there is one."""
    return value if question in deciding(row.questionnaire.id, row.questionnaire.version) else True


@cache
def deciding(id: str, version: str) -> frozenset[str]:
    """The questions on whose answers others depend."""
    questions = library().get(id, version).questions
    return frozenset(leaf.answer for question in questions for leaf in leaves(question.ask_if) if leaf.answer)


def _questionnaire(row: AssessmentRow) -> Questionnaire:
    return library().get(row.questionnaire.id, row.questionnaire.version)
