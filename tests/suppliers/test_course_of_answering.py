"""What is asked, counts and is raised as answers come in."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suppliers.questionnaires import (
    Facts,
    Question,
    Questionnaire,
    Value,
    active_answers,
    asked,
    canonical,
    fired,
    library,
    minutes,
    missing,
    possible,
)
from suppliers.questionnaires.conditions import compiled, holds, leaves

BUNDLED = list(library())
QUESTIONS = [(each, question) for each in BUNDLED for question in each.questions]


def name(value: Any) -> str:
    return value.id if isinstance(value, Question | Questionnaire) else str(value)


@pytest.mark.parametrize("questionnaire", BUNDLED, ids=name)
def test_unknown_facts_ask_everything_that_hangs_on_them(questionnaire: Questionnaire) -> None:
    hangs_on_answers = {q.id for q in questionnaire.questions if any(leaf.answer for leaf in leaves(q.ask_if))}
    unasked = {q.id for q in questionnaire.questions} - {q.id for q in asked(questionnaire, {}, {})}
    assert unasked <= hangs_on_answers
    assert possible(questionnaire, {}) == questionnaire.questions


@pytest.mark.parametrize("questionnaire", BUNDLED, ids=name)
def test_before_submission_silence_gives_nothing_away(questionnaire: Questionnaire) -> None:
    assert fired(questionnaire, {}, {}, submitted=False) == ()
    assert fired(questionnaire, {}, {}, submitted=True) != ()


def test_an_answer_to_a_question_no_longer_asked_is_kept_but_has_no_say() -> None:
    ddq = library().latest("vendor_model")
    answers: dict[str, Value] = {"MOD-03": "gpai_systemic", "TRD-02": ("synthetic",), "TRD-09": "not_allowed"}
    facts: Facts = {"intake.eu_nexus": False}
    ids = {q.id for q in asked(ddq, facts, answers)}
    assert "EVL-07" not in ids  # it hangs on MOD-03, which is not asked outside the EU
    assert "TRD-09" in ids
    assert set(active_answers(ddq, facts, answers)) == {"TRD-02", "TRD-09"}
    without = active_answers(ddq, facts, {**answers, "TRD-02": ("licensed",)})
    assert "TRD-09" not in without
    assert not any(each.question == "TRD-09" for each in fired(ddq, facts, without, submitted=True))


def test_a_knock_out_on_a_question_not_asked_cannot_fire() -> None:
    ddq = library().latest("vendor_model")
    answers: dict[str, Value] = {"PRV-02": "no"}
    assert any(f.knock_out for f in fired(ddq, {"intake.personal_data": True}, answers, submitted=False))
    assert fired(ddq, {"intake.personal_data": False}, answers, submitted=False) == ()


def test_all_fired_flags_are_kept_and_the_gravest_makes_the_finding() -> None:
    ddq = library().latest("vendor_model")
    found = fired(ddq, {"intake.inherent_tier": 1}, {"TRD-02": ("unknown", "customers")}, submitted=False)
    assert len(found) == 1
    assert len(found[0].flags) == 3
    assert (found[0].severity, found[0].knock_out) == ("critical", True)


def test_missing_are_the_required_questions_without_an_answer() -> None:
    ddq = library().latest("vendor_model")
    everything = {q.id for q in missing(ddq, {}, {})}
    assert "MOD-05" not in everything  # optional
    assert {q.id for q in missing(ddq, {}, {"ORG-02": "yes"})} == everything - {"ORG-02"}


@pytest.mark.parametrize("questionnaire", BUNDLED, ids=name)
def test_the_estimate_grows_with_the_questions(questionnaire: Questionnaire) -> None:
    few, many = asked(questionnaire, {}, {}), possible(questionnaire, {})
    assert 5 <= minutes(few) <= minutes(many) <= 180


@given(st.permutations(["ORG-02", "ORG-04", "TRD-02", "MOD-07"]))
def test_the_order_of_answering_leaves_no_trace(order: list[str]) -> None:
    ddq = library().latest("vendor_model")
    values: dict[str, Value] = {"ORG-02": "yes", "ORG-04": "none", "TRD-02": ("licensed", "web_crawl"), "MOD-07": 30}
    answers = {id: values[id] for id in order}
    assert canonical(answers) == canonical(values)
    assert asked(ddq, {}, answers) == asked(ddq, {}, values)
    assert fired(ddq, {}, answers, submitted=True) == fired(ddq, {}, values, submitted=True)


@given(st.data())
@settings(max_examples=60)
def test_a_compiled_condition_decides_as_the_condition_itself(data: st.DataObject) -> None:
    question = data.draw(st.sampled_from([each for _, each in QUESTIONS if each.ask_if is not None]))
    assert question.ask_if is not None
    wanted = {leaf.fact or leaf.answer: leaf.value for leaf in leaves(question.ask_if)}
    scalars = st.sampled_from([None, True, False, "yes", "no", 3, ("yes", "no"), *filter(None, wanted.values())])
    known = {name: data.draw(scalars) for name in wanted}
    given_now: dict[str, Any] = {str(name): value for name, value in known.items() if value is not None}
    for unknown in (True, False):
        check = compiled(question.ask_if, unknown=unknown)
        assert check(given_now, given_now) == holds(question.ask_if, given_now, given_now, unknown=unknown)
