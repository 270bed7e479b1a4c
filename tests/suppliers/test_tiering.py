"""From intake to tier: the score, the floors that only raise, and what is not known."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suppliers.eu_ai_act import EuClass
from suppliers.factors import Factor, Tier
from suppliers.policy import NoSuchPolicy, policies, policy
from suppliers.tiering import complete_facts, inherent_risk, rate, tier_of

POLICY = policy()
CALM = dict.fromkeys((factor.value for factor in Factor), 0)
TODAY = date(2026, 11, 24)
scores = st.integers(min_value=0, max_value=4)
factor_sets = st.fixed_dictionaries({factor.value: scores | st.none() for factor in Factor})
fact_sets = st.fixed_dictionaries(
    {},
    optional={
        "intake.eu_ai_tier": st.sampled_from(["high", "limited", "minimal", "unclassified"]),
        "intake.data_classes": st.lists(st.sampled_from(sorted(POLICY.implied_by_data_class)), min_size=1),
        "intake.agent_writes": st.booleans(),
        "intake.affects_people": st.booleans(),
        "intake.autonomy": st.sampled_from(["advisory", "human_approves", "human_can_override", "fully_automated"]),
    },
)


@pytest.mark.parametrize(
    ("risk", "tier"), [(70, 1), (69.9, 2), (50, 2), (49.999999999999, 2), (49.9, 3), (30, 3), (29.9, 4), (0, 4)]
)
def test_the_edges_of_the_tiers(risk: float, tier: int) -> None:
    assert tier_of(risk, POLICY) == tier


@pytest.mark.parametrize(
    ("facts", "factors", "tier"),
    [
        ({}, {}, 4),
        ({"intake.eu_ai_tier": "high"}, {}, 2),
        ({"intake.data_classes": ["special_category"]}, {"autonomy": 3}, 1),
        ({"intake.data_classes": ["special_category"]}, {"autonomy": 2}, 4),
        ({"intake.data_classes": ["special_category"], "intake.autonomy": "human_can_override"}, {"autonomy": None}, 1),
        ({}, {"criticality": 4}, 1),
        ({"intake.agent_writes": True}, {}, 2),
        ({"intake.data_classes": ["children"]}, {}, 2),
    ],
)
def test_each_floor_raises_the_tier(facts: dict[str, object], factors: dict[str, int | None], tier: int) -> None:
    assert rate(facts, {**CALM, **factors}, POLICY).tier == tier


@given(fact_sets, factor_sets)
def test_floors_only_raise(facts: dict[str, object], factors: dict[str, int | None]) -> None:
    rated = rate(facts, factors, POLICY)
    assert rated.tier is not None
    assert rated.tier <= tier_of(rated.inherent, POLICY)
    assert 0 <= rated.inherent <= 100.0000001


@given(fact_sets, factor_sets, st.sampled_from(list(Factor)))
def test_knowing_less_never_lowers_the_risk(
    facts: dict[str, object], factors: dict[str, int | None], forgotten: Factor
) -> None:
    less = rate(facts, {**factors, forgotten.value: None}, POLICY)
    known_by_class = forgotten is Factor.DATA and "intake.data_classes" in facts
    if not known_by_class:
        assert less.inherent >= rate(facts, factors, POLICY).inherent
        assert less.scores[forgotten] == 4


def test_what_is_not_known_counts_as_the_highest_and_is_named() -> None:
    rated = rate({}, {}, POLICY)
    assert rated.inherent == pytest.approx(100)
    assert sum("not known" in reason for reason in rated.reasons) == len(Factor)


def test_an_unknown_criticality_does_not_make_it_a_critical_function() -> None:
    assert rate({}, {**CALM, "criticality": None}, POLICY).tier is Tier.LOW


def test_a_prohibited_use_gets_no_tier() -> None:
    rated = rate({"intake.eu_ai_tier": "prohibited"}, CALM, POLICY)
    assert rated.tier is None
    assert "prohibited" in rated.reasons[-1]


def test_facts_raise_a_factor_that_was_set_too_low() -> None:
    facts = {"intake.data_classes": ["public", "credentials"], "intake.affects_people": True}
    found = rate(facts, CALM, POLICY).scores
    assert (found[Factor.DATA], found[Factor.PEOPLE]) == (4, 3)


def test_the_maximum_of_every_factor_is_100() -> None:
    assert inherent_risk(dict.fromkeys(Factor, 4), POLICY) == pytest.approx(100)


def test_facts_that_follow_from_others_are_completed() -> None:
    given_facts = {"intake.data_classes": ["children"], "intake.eu_nexus": None}
    known = complete_facts(given_facts, {"people": 4, "autonomy": 3}, eu_class=EuClass.HIGH, tier=Tier.HIGH, on=TODAY)
    assert known == {
        "intake.data_classes": ["children"],
        "intake.personal_data": True,
        "intake.affects_people": True,
        "intake.autonomy": "human_can_override",
        "intake.eu_ai_tier": "high",
        "intake.inherent_tier": 2,
        "derived.high_risk_duty_applies": False,
    }


def test_the_policy_says_it_is_an_example_nobody_approved() -> None:
    assert POLICY.approved_by is None
    assert POLICY.note.startswith("Example policy")
    assert policies()[POLICY.ref] is POLICY
    with pytest.raises(NoSuchPolicy):
        policy("scoring_policy@99")
