"""What an intake asks, and which answers it takes."""

from __future__ import annotations

from itertools import product

import pytest

from suppliers.factors import Factor
from suppliers.intake_form import InvalidIntake, check_intake, intake_form
from suppliers.policy import policy
from suppliers.questionnaires import library
from suppliers.tiering import rate

POLICY = policy()
CALM = dict.fromkeys((factor.value for factor in Factor), 0)


def test_a_form_offers_each_score_with_its_words() -> None:
    maturity = next(rule for rule in POLICY.factors if rule.id is Factor.MATURITY)
    assert [score for score, _ in maturity.choices] == [0, 2, 3, 4]


def test_the_intake_asks_for_every_fact_a_questionnaire_reads() -> None:
    read = {fact for each in library() for fact in each.vocabulary.facts}
    asked = {question.fact for question in intake_form().questions}
    derived = {name for name in read if name not in asked}
    assert derived == {
        "intake.personal_data",
        "intake.autonomy",
        "intake.eu_ai_tier",
        "intake.inherent_tier",
        "derived.high_risk_duty_applies",
    }


@pytest.mark.parametrize(
    ("facts", "factors"),
    [
        ({"intake.mood": True}, {}),
        ({"intake.hosting": "moon"}, {}),
        ({"intake.eu_nexus": "yes"}, {}),
        ({"intake.data_classes": ["gossip"]}, {}),
        ({"intake.data_classes": []}, {}),
        ({}, {"luck": 1}),
        ({}, {"people": 5}),
        ({}, {"maturity": 1}),
    ],
)
def test_an_intake_no_form_offers_is_refused(facts: dict[str, object], factors: dict[str, int | None]) -> None:
    with pytest.raises(InvalidIntake):
        check_intake(facts, factors, POLICY)


def test_a_complete_intake_is_taken() -> None:
    facts: dict[str, object] = {}
    for question in intake_form().questions:
        first = next(iter(question.choices), True)
        facts[question.fact] = [first] if question.kind == "choices" else first
    check_intake(facts, CALM | {"people": None}, POLICY)


def test_all_data_classes_and_autonomies_are_scored() -> None:
    classes = next(q for q in intake_form().questions if q.fact == "intake.data_classes")
    assert set(classes.choices) == set(POLICY.implied_by_data_class)
    for data_class, autonomy in product(classes.choices, range(5)):
        rated = rate({"intake.data_classes": [data_class]}, {**CALM, "data": None, "autonomy": autonomy}, POLICY)
        assert rated.scores[Factor.DATA] == POLICY.implied_by_data_class[data_class]
