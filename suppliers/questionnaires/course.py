"""The course of a questionnaire: what is asked, what is still missing, how long it takes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from math import ceil

from suppliers.questionnaires.conditions import Answers, Facts, Leaf, Value, holds, satisfied
from suppliers.questionnaires.model import AnswerType, Question, Questionnaire

MINUTES: dict[AnswerType, float] = {
    AnswerType.YES_NO_NA: 1,
    AnswerType.SINGLE_CHOICE: 1,
    AnswerType.MULTI_CHOICE: 1.5,
    AnswerType.TEXT: 4,
    AnswerType.NUMBER: 1.5,
    AnswerType.DATE: 1,
    AnswerType.FILE: 3,
}
FETCHING_EVIDENCE = 2


def asked(questionnaire: Questionnaire, facts: Facts, answers: Answers) -> tuple[Question, ...]:
    """The questions asked, in order. A stored answer to a question no longer asked has no say in what follows."""
    chosen: list[Question] = []
    active: dict[str, Value] = {}
    for question, applies in questionnaire.course:
        if applies is None or applies(facts, active):
            chosen.append(question)
            if question.id in answers:
                active[question.id] = answers[question.id]
    return tuple(chosen)


def active_answers(questionnaire: Questionnaire, facts: Facts, answers: Answers) -> Answers:
    """The answers that count: those to questions that are asked."""
    return {q.id: answers[q.id] for q in asked(questionnaire, facts, answers) if q.id in answers}


def possible(questionnaire: Questionnaire, facts: Facts) -> tuple[Question, ...]:
    """Every question that may still come up with these facts, whatever is answered."""
    chosen: dict[str, Question] = {}

    def decide(leaf: Leaf) -> bool:
        return leaf.answer in chosen if leaf.answer is not None else holds(leaf, facts, {}, unknown=True)

    for question in questionnaire.questions:
        if satisfied(question.ask_if, decide):
            chosen[question.id] = question
    return tuple(chosen.values())


def missing(questionnaire: Questionnaire, facts: Facts, answers: Answers) -> tuple[Question, ...]:
    """The required questions that are asked and not answered."""
    return tuple(q for q in asked(questionnaire, facts, answers) if q.required and q.id not in answers)


def minutes(questions: Iterable[Question]) -> int:
    """About how long these take to answer, rounded up to five minutes."""
    total = sum(MINUTES[q.type] + FETCHING_EVIDENCE * q.evidence.required for q in questions)
    return ceil(total / 5) * 5


def canonical(answers: Answers) -> str:
    """The same JSON for the same answers, in whatever order they were given."""
    return json.dumps(dict(answers), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
