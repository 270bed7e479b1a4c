"""Which class a use has under the EU AI Act, and from which day duties apply."""

from __future__ import annotations

from datetime import date

import pytest

from suppliers.eu_ai_act import Art50Duty, EuClass, HighRiskRoute, Screening, classify
from suppliers.law import high_risk_duty_applies, law_dates


@pytest.mark.parametrize(
    ("route", "day", "applies"),
    [
        (HighRiskRoute.ANNEX_III, date(2027, 12, 1), False),
        (HighRiskRoute.ANNEX_III, date(2027, 12, 2), True),
        (HighRiskRoute.ANNEX_I, date(2028, 8, 1), False),
        (HighRiskRoute.ANNEX_I, date(2028, 8, 2), True),
        (None, date(2027, 12, 2), True),
    ],
)
def test_high_risk_duties_begin_on_the_day_the_table_says(
    route: HighRiskRoute | None, day: date, applies: bool
) -> None:
    assert high_risk_duty_applies(EuClass.HIGH, day, route=route) is applies
    assert not high_risk_duty_applies(EuClass.LIMITED, day, route=route)


def test_every_law_date_has_a_source_and_uncertain_ones_say_so() -> None:
    dates = law_dates()
    assert all(each.source and each.checked_on for each in dates.dates)
    assert dates["high_risk_annex_iii"].uncertain
    reached = dates.reached_between(date(2026, 12, 1), date(2026, 12, 2))
    assert {each.id for each in reached} == {"intimate_imagery_ban", "marking_grace_ends"}


CLEAR = Screening(
    in_scope=True, prohibited_practice=False, annex_i_with_third_party_assessment=False, annex_iii_area=False
)


@pytest.mark.parametrize(
    ("change", "eu_class"),
    [
        ({}, EuClass.MINIMAL),
        ({"art50": frozenset({Art50Duty.TELLS_PEOPLE})}, EuClass.LIMITED),
        ({"annex_iii_area": True}, EuClass.HIGH),
        ({"annex_iii_area": True, "exception_ground": True}, EuClass.HIGH),
        ({"annex_iii_area": True, "exception_ground": True, "profiles_people": True}, EuClass.HIGH),
        ({"annex_iii_area": True, "exception_ground": True, "profiles_people": False}, EuClass.MINIMAL),
        ({"annex_i_with_third_party_assessment": True}, EuClass.HIGH),
        ({"annex_i_with_third_party_assessment": None}, EuClass.UNCLASSIFIED),
        ({"prohibited_practice": True, "annex_iii_area": True}, EuClass.PROHIBITED),
        ({"prohibited_practice": None, "annex_iii_area": True}, EuClass.HIGH),
        ({"in_scope": False, "prohibited_practice": None}, EuClass.MINIMAL),
        ({"in_scope": None}, EuClass.UNCLASSIFIED),
    ],
)
def test_the_decision_tree(change: dict[str, object], eu_class: EuClass) -> None:
    found = classify(CLEAR.model_copy(update=change))
    assert found.eu_class is eu_class
    assert found.reason


def test_transparency_duties_come_on_top_of_high_risk() -> None:
    duties = frozenset({Art50Duty.TELLS_PEOPLE, Art50Duty.MARKS_OUTPUT})
    found = classify(CLEAR.model_copy(update={"annex_iii_area": True, "art50": duties, "own_name": True}))
    assert found.art50_duties == (Art50Duty.MARKS_OUTPUT, Art50Duty.TELLS_PEOPLE)
    assert found.we_are_provider
