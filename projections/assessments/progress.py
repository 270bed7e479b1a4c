"""How far a round has come."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from suppliers.assessment import QuestionnaireRef
from suppliers.questionnaires import Facts, asked, library
from suppliers.questionnaires.conditions import leaves


class Progress(NamedTuple):
    """How many questions are asked, how many of them have an answer, and how many required ones none."""

    asked: int
    answered: int
    required_open: int


def progress(questionnaire: QuestionnaireRef, facts: Facts, values: Mapping[str, Any]) -> Progress:
    """With these answers, of which only those count that others depend on."""
    questions = asked(library().get(questionnaire.id, questionnaire.version), facts, values)
    still = [question for question in questions if question.id not in values]
    return Progress(len(questions), len(questions) - len(still), sum(question.required for question in still))


def worth_keeping(questionnaire: QuestionnaireRef, question: str, value: Any) -> Any:
    """An answer that decides what else is asked, or that there is one."""
    return value if question in deciding(questionnaire.id, questionnaire.version) else True


@cache
def deciding(id: str, version: str) -> frozenset[str]:
    """The questions on whose answers others depend."""
    questions = library().get(id, version).questions
    return frozenset(leaf.answer for question in questions for leaf in leaves(question.ask_if) if leaf.answer)
