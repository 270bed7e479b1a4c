"""Until when an attestation counts, when renewal is asked for, and which ones have to be there."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suppliers.attestation_rules import (
    NoSuchAttestationType,
    attestation_rules,
    default_end,
    effective_end,
    is_mandatory,
    next_check,
    reminder_dates,
    reminder_days,
    reminder_due,
    requirements,
)
from suppliers.attestation_types import SubjectKind
from suppliers.factors import Tier
from suppliers.policy import policy
from suppliers.posture import Held, mandatory

RULES = attestation_rules()
POLICY = policy()
START = date(2026, 1, 31)


@pytest.mark.parametrize(
    ("code", "end"),
    [
        ("iso42001", date(2029, 1, 31)),
        ("soc2_type1", date(2026, 7, 31)),
        ("subprocessor_list", date(2026, 7, 31)),
        ("sanctions_check", date(2026, 4, 30)),
        ("ml_bom", None),
        ("dpa", None),
        ("contract", None),
    ],
)
def test_each_type_has_its_default_end(code: str, end: date | None) -> None:
    assert default_end(RULES.type(code), issued_on=START) == end


def test_a_report_over_a_period_counts_from_the_end_of_the_period() -> None:
    kind = RULES.type("soc2_type2")
    assert default_end(kind, issued_on=date(2026, 3, 1), period_end=date(2025, 12, 31)) == date(2026, 12, 31)


def test_a_red_team_report_holds_half_as_long_in_the_critical_tier() -> None:
    kind = RULES.type("redteam")
    assert default_end(kind, issued_on=START, tier=Tier.CRITICAL) == date(2026, 7, 31)
    assert default_end(kind, issued_on=START, tier=Tier.HIGH) == date(2027, 1, 31)


def test_the_earliest_end_counts() -> None:
    certificate, card = RULES.type("iso27001"), RULES.type("model_card")
    assert effective_end(certificate, START, date(2027, 6, 30)) == date(2027, 6, 30)
    assert effective_end(certificate, START, date(2035, 1, 1)) == date(2029, 1, 31)
    assert effective_end(certificate, START, confirmed_on=START) == date(2027, 1, 31) + timedelta(days=60)
    assert effective_end(card, START, superseded_on=date(2026, 5, 1)) == date(2026, 4, 30)
    assert effective_end(certificate, START, superseded_on=date(2026, 5, 1)) == date(2029, 1, 31)
    assert effective_end(RULES.type("contract"), START) is None


def test_checks_come_in_their_rhythm() -> None:
    assert next_check(RULES.type("iso42001"), issued_on=START) == date(2027, 1, 31)
    assert next_check(RULES.type("dpa"), issued_on=START) == date(2028, 1, 31)
    assert next_check(RULES.type("pentest"), issued_on=START) is None


@pytest.mark.parametrize(
    ("length", "first"), [(1096, 120), (730, 120), (729, 60), (365, 60), (364, 21), (90, 21), (1, 21)]
)
def test_the_longer_it_held_the_earlier_renewal_is_asked_for(length: int, first: int) -> None:
    days = reminder_days(START, START + timedelta(days=length - 1))
    assert days[0] == first
    assert days[-1] == 0


def test_reminders_come_once_each_and_only_the_latest_after_a_standstill() -> None:
    end = START + timedelta(days=364)
    assert [left for _, left in reminder_dates(START, end)] == [60, 30, 14, 7, 0]
    assert reminder_due(START, end, end - timedelta(days=61)) is None
    assert reminder_due(START, end, end - timedelta(days=60)) == 60
    assert reminder_due(START, end, end - timedelta(days=10)) == 14
    assert reminder_due(START, end, end) == 0
    assert reminder_due(START, end, end + timedelta(days=1)) is None


@given(st.integers(min_value=0, max_value=3000))
def test_every_reminder_lies_within_the_validity(days: int) -> None:
    end = START + timedelta(days=days)
    dates = [day for day, _ in reminder_dates(START, end)]
    assert dates == sorted(set(dates))
    assert all(START <= day <= end for day in dates)


@pytest.mark.parametrize(
    ("facts", "kind", "ids"),
    [
        ({}, "vendor_model", {"officer_statement", "contract"}),
        (
            {"intake.personal_data": True},
            "data_source",
            {"officer_statement", "contract", "dpa", "subprocessor_list"},
        ),
        ({"intake.inherent_tier": 3}, "vendor_model", {"officer_statement", "contract"}),
        (
            {"intake.inherent_tier": 2},
            "vendor_model",
            {"officer_statement", "contract", "security_assurance", "pentest", "evaluation_report", "model_card"},
        ),
        ({"intake.inherent_tier": 1}, "data_source", {"officer_statement", "contract", "security_assurance"}),
        (
            {"derived.high_risk_duty_applies": True},
            "vendor_model",
            {"officer_statement", "contract", "declaration_of_conformity"},
        ),
        (
            {"intake.gpai": True},
            "vendor_model",
            {"officer_statement", "contract", "training_summary", "copyright_policy"},
        ),
    ],
)
def test_the_mandatory_set_follows_from_the_facts(facts: dict[str, object], kind: SubjectKind, ids: set[str]) -> None:
    assert {each.id for each in requirements(facts, kind)} == ids


def test_the_attestation_that_lasts_longest_serves_a_requirement() -> None:
    required = requirements({"intake.inherent_tier": 1, "intake.personal_data": True}, "vendor_model")
    held = [
        Held(type="iso27001", ends_on=date(2026, 3, 1)),
        Held(type="soc2_type2", ends_on=date(2027, 3, 1)),
        Held(type="dpa", ends_on=date(2026, 3, 1)),
        Held(type="contract", ends_on=None),
    ]
    found = {each.id: each for each in mandatory(required, held, {"pentest": date(2026, 6, 1)})}
    assert found["security_assurance"].ends_on == date(2027, 3, 1)
    assert (found["contract"].given, found["contract"].ends_on) == (True, None)
    assert found["dpa"].suspends
    assert (found["pentest"].given, found["pentest"].waived_until) == (False, date(2026, 6, 1))
    assert is_mandatory("c5_type2", required)
    assert not is_mandatory("insurance", required)


def test_an_unknown_type_is_refused() -> None:
    with pytest.raises(NoSuchAttestationType):
        POLICY.attestation_type("diploma")
