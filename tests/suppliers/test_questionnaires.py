"""Every bundled questionnaire: it loads, each question can be asked, each flag can fire, each answer can be given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from suppliers.questionnaires import (
    AnswerType,
    Judgement,
    Question,
    Questionnaire,
    Standing,
    Value,
    asked,
    check_answer,
    flags,
    library,
    possible,
    score,
)
from suppliers.questionnaires.comparing import Op
from suppliers.questionnaires.conditions import Condition, Leaf, leaves

BUNDLED = list(library())
QUESTIONS = [(each, question) for each in BUNDLED for question in each.questions]
FLAGS = [(each, q, number) for each in BUNDLED for q in each.questions for number in range(len(q.flags))]
TODAY = date(2026, 11, 24)


def name(value: Any) -> str:
    return value.id if isinstance(value, Question | Questionnaire) else str(value)


def satisfying(leaf: Leaf) -> object:
    """A fact or an answer that fulfils a comparison."""
    match leaf.op:
        case Op.IS_TRUE:
            return True
        case Op.IN:
            return leaf.value[0]  # type: ignore[index]
        case Op.INCLUDES_ANY:
            return (leaf.value[0],)  # type: ignore[index]
        case Op.INCLUDES:
            return (leaf.value,)
    return leaf.value


def fulfil(condition: Condition | None, questionnaire: Questionnaire) -> tuple[dict[str, object], dict[str, Value]]:
    """Facts and answers under which a condition holds, and the questions it reads are asked."""
    facts: dict[str, object] = {}
    answers: dict[str, Value] = {}
    for leaf in leaves(condition):
        if leaf.fact:
            facts[leaf.fact] = satisfying(leaf)
        elif leaf.answer:
            more_facts, more_answers = fulfil(questionnaire.by_id[leaf.answer].ask_if, questionnaire)
            facts |= more_facts
            answers |= more_answers | {leaf.answer: satisfying(leaf)}  # type: ignore[dict-item]
    return facts, answers


def some_answers(question: Question) -> Iterator[object]:
    """Raw answers of every kind a question takes."""
    match question.type:
        case AnswerType.YES_NO_NA | AnswerType.SINGLE_CHOICE:
            yield from (option.value for option in question.options)
        case AnswerType.MULTI_CHOICE:
            yield from ([option.value] for option in question.options)
            yield [option.value for option in question.options]
        case AnswerType.NUMBER:
            largest = 1 if "0-1" in (question.unit or "") else 100
            yield from (0, largest, largest / 2, str(largest * 0.75), 99 if largest > 1 else 0.75)
            if question.unit and not question.unit.startswith("percent") and largest > 1:
                yield 400
        case AnswerType.DATE:
            yield from ("2026-11-24", "2024-01-31")
        case AnswerType.FILE:
            yield ["0191-aa"]
        case AnswerType.TEXT:
            yield "Our policy."


def test_two_questionnaires_come_with_the_product() -> None:
    assert [(each.ref, len(each.questions)) for each in BUNDLED] == [
        ("ddq-data-source@1.0.0", 30),
        ("ddq-ai-model@1.0.0", 78),
    ]
    assert library().latest("data_source").id == "ddq-data-source"
    assert sum(len(q.flags) for q in library().latest("vendor_model").questions) == 85
    assert sum(len(q.flags) for q in library().latest("data_source").questions) == 34


@pytest.mark.parametrize(("questionnaire", "question"), QUESTIONS, ids=name)
def test_each_question_is_asked_when_its_condition_holds(questionnaire: Questionnaire, question: Question) -> None:
    facts, answers = fulfil(question.ask_if, questionnaire)
    assert question in asked(questionnaire, facts, answers)
    assert question in possible(questionnaire, facts)


@pytest.mark.parametrize(
    ("questionnaire", "question"), [(a, q) for a, q in QUESTIONS if q.ask_if is not None], ids=name
)
def test_each_conditional_question_can_be_skipped(questionnaire: Questionnaire, question: Question) -> None:
    facts: dict[str, object] = {leaf.fact: () for leaf in leaves(question.ask_if) if leaf.fact}
    assert question not in asked(questionnaire, facts, {})


@pytest.mark.parametrize(("questionnaire", "question", "number"), FLAGS, ids=name)
def test_each_flag_fires_on_some_answer_and_not_on_another(
    questionnaire: Questionnaire, question: Question, number: int
) -> None:
    flag = question.flags[number]
    facts, answers = fulfil(flag.applies_if, questionnaire)
    given_answers = [check_answer(question, raw) for raw in some_answers(question)]
    outcomes = {flag in flags(question, given, facts, True, answers) for given in [None, *given_answers]}
    assert outcomes == {True, False}


@pytest.mark.parametrize(
    ("questionnaire", "question", "number"),
    [(a, q, n) for a, q, n in FLAGS if q.flags[n].applies_if is not None],
    ids=name,
)
def test_a_flag_with_a_condition_stays_down_while_its_facts_are_unknown(
    questionnaire: Questionnaire, question: Question, number: int
) -> None:
    flag = question.flags[number]
    given_answers = [None, *(check_answer(question, raw) for raw in some_answers(question))]
    assert not any(flag in flags(question, given, {}, True) for given in given_answers)


@pytest.mark.parametrize(("questionnaire", "question"), QUESTIONS, ids=name)
def test_each_answer_scores_between_0_and_1_or_says_why_not(questionnaire: Questionnaire, question: Question) -> None:
    judged = Judgement(mark=0.5, file_accepted=True)
    for raw in some_answers(question):
        value = check_answer(question, raw)
        assert check_answer(question, list(value) if isinstance(value, tuple) else value) == value
        found = score(question, value, on=TODAY, judgement=judged)
        if question.scoring.kind == "none":
            assert found.standing is Standing.INFORMATION
        else:
            assert found.standing is Standing.COUNTED
            assert found.score is not None
            assert 0 <= found.score <= 1


@pytest.mark.parametrize(
    ("questionnaire", "question"), [(a, q) for a, q in QUESTIONS if q.scoring.kind != "none"], ids=name
)
def test_each_scored_question_tells_a_good_answer_from_a_bad_one(
    questionnaire: Questionnaire, question: Question
) -> None:
    marks = (Judgement(mark=0, file_accepted=False), Judgement(mark=1, file_accepted=True))
    scores = {
        score(question, check_answer(question, raw), on=TODAY, judgement=judged).score
        for raw in some_answers(question)
        for judged in marks
    }
    assert len(scores) > 1
