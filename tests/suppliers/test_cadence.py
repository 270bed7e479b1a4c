"""When the next round is due, and how a vendor is reminded of this one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from suppliers.cadence import answer_deadline, launch_on, next_due, next_light_check, next_monitoring, nudges
from suppliers.controls import iso42001
from suppliers.factors import Tier
from suppliers.months import add_months
from suppliers.policy import policy

POLICY = policy()


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
    ],
)
def test_months_end_where_the_month_ends(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later


def test_the_next_round_is_due_on_the_earliest_reason() -> None:
    done = date(2026, 1, 15)
    assert next_due(Tier.MEDIUM, done, POLICY).on == date(2028, 1, 15)
    due = next_due(
        Tier.CRITICAL,
        done,
        POLICY,
        confidence_low_on=date(2026, 12, 1),
        conditions=[date(2026, 9, 1)],
        mandatory_ends=[date(2026, 10, 1)],
    )
    assert (due.on, due.reason) == (date(2026, 9, 1), "a condition of the approval is due")
    assert launch_on(due.on, Tier.CRITICAL, POLICY) == due.on - timedelta(days=35)
    assert next_light_check(Tier.CRITICAL, done, POLICY) == date(2026, 7, 15)
    assert next_light_check(Tier.HIGH, done, POLICY) is None
    assert next_monitoring(Tier.LOW, done, POLICY) == date(2027, 1, 15)


def test_a_vendor_is_reminded_and_silence_escalates() -> None:
    sent = date(2026, 3, 2)
    deadline = answer_deadline(Tier.CRITICAL, sent, POLICY)
    steps = nudges(sent, deadline, POLICY)
    assert [(each.step, (each.on - sent).days) for each in steps] == [
        ("sent+0", 0),
        ("sent+7", 7),
        ("sent+14", 14),
        ("deadline-3", 18),
        ("deadline", 21),
        ("deadline+3", 24),
        ("deadline+10", 31),
    ]
    assert [each.step for each in steps if each.escalates] == ["deadline+3", "deadline+10"]
    assert [each.step for each in steps if each.opens_finding] == ["deadline+10"]
    short = nudges(sent, sent + timedelta(days=2), POLICY)
    assert [each.step for each in short] == ["sent+0", "deadline", "deadline+3", "deadline+10"]


def test_all_38_controls_are_there_with_their_part() -> None:
    controls = iso42001()
    assert len(controls) == 38
    assert controls["A.10.3"].role == "primary"
    assert {id for id, each in controls.items() if each.role == "internal"} == {"A.2.3", "A.9.2", "A.9.3"}
