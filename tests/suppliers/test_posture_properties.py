"""What is true of every posture, whatever it is computed from."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suppliers.eu_ai_act import EuClass
from suppliers.policy import policy
from suppliers.posture import (
    Band,
    OpenFinding,
    Posture,
    UseInputs,
    assess,
    band_on,
    changes,
    judge,
    next_worse,
    sketch,
    stood,
    unanswered,
    worst,
)
from suppliers.posture.ageing import first_day
from suppliers.posture.effectiveness import sums
from suppliers.posture.forecast import Forecast
from suppliers.posture.residual import residual, terms
from tests.suppliers import reference
from tests.suppliers import strategies as some
from tests.suppliers.strategies import TODAY

POLICY = policy()
SLACK = 1e-9


@given(some.inputs, st.integers(min_value=0, max_value=2000))
def test_getting_older_never_improves_anything(inputs: UseInputs, days: int) -> None:
    later = TODAY + timedelta(days=days)
    now, then = residual(terms(inputs, POLICY, TODAY)), residual(terms(inputs, POLICY, later))
    assert then.risk >= now.risk - SLACK
    assert then.confidence <= now.confidence + SLACK
    assert band_on(inputs, POLICY, later).rank >= band_on(inputs, POLICY, TODAY).rank


@given(some.inputs, some.finding)
def test_one_more_finding_never_lowers_the_risk(inputs: UseInputs, finding: OpenFinding) -> None:
    more = inputs.model_copy(update={"findings": (*inputs.findings, finding)})
    now, then = residual(terms(inputs, POLICY, TODAY)), residual(terms(more, POLICY, TODAY))
    assert then.risk >= now.risk - SLACK
    assert band_on(more, POLICY, TODAY).rank >= band_on(inputs, POLICY, TODAY).rank


@given(some.inputs)
@settings(max_examples=60)
def test_the_numbers_stay_in_range_and_the_reasons_sum_to_them(inputs: UseInputs) -> None:
    posture = assess(inputs, POLICY, TODAY)
    assert -SLACK <= posture.residual <= 100 + SLACK
    assert 0 <= posture.confidence <= 1 + SLACK
    assert sum(each.points for each in posture.domains) == pytest.approx(posture.residual)
    assert sum(each.points for each in posture.contributions) == pytest.approx(posture.residual)
    assert sum(each.share for each in posture.domains) == pytest.approx(1)
    assert all(each.residual <= posture.residual + SLACK for each in posture.improvements)


@given(some.inputs, st.randoms())
@settings(max_examples=60)
def test_the_order_of_answers_findings_and_sections_changes_nothing(inputs: UseInputs, random: object) -> None:
    def shuffled(items: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(random.sample(items, len(items)))  # type: ignore[attr-defined]

    sections = [each.model_copy(update={"answers": shuffled(each.answers)}) for each in inputs.sections]
    mixed = inputs.model_copy(update={"sections": shuffled(tuple(sections)), "findings": shuffled(inputs.findings)})
    one, other = residual(terms(inputs, POLICY, TODAY)), residual(terms(mixed, POLICY, TODAY))
    assert (one.risk, one.confidence, one.domains) == (other.risk, other.confidence, other.domains)


@given(some.inputs)
@settings(max_examples=60)
def test_inputs_and_posture_survive_json(inputs: UseInputs) -> None:
    again = UseInputs.model_validate_json(inputs.model_dump_json())
    assert again == inputs
    posture = assess(inputs, POLICY, TODAY)
    assert Posture.model_validate_json(posture.model_dump_json()) == posture
    assert assess(again, POLICY, TODAY).model_dump_json() == posture.model_dump_json()


@given(some.inputs)
@settings(max_examples=30)
def test_a_sketch_is_the_posture_without_foresight(inputs: UseInputs) -> None:
    without = {"improvements": (), "next_change_on": None, "next_band": None, "confidence_low_on": None}
    assert sketch(inputs, POLICY, TODAY) == assess(inputs, POLICY, TODAY).model_copy(update=without)


@given(some.inputs)
@settings(max_examples=60, deadline=None)
def test_a_judgement_is_in_every_digit_what_the_plain_formula_gives(inputs: UseInputs) -> None:
    for section in inputs.sections:
        found = sums(section.answers, POLICY.effectiveness, TODAY)
        assert found == reference.added_up(section.answers, POLICY.effectiveness, TODAY)
    quick, plain = judge(inputs, POLICY, TODAY), reference.judged(inputs, POLICY, TODAY)
    assert quick == plain
    assert quick.model_dump_json() == plain.model_dump_json()
    assert Posture.model_validate(quick.model_dump()) == quick


@given(some.inputs, st.integers(min_value=0, max_value=2000))
def test_the_forecast_differs_from_the_formula_in_the_last_digits_only(inputs: UseInputs, days: int) -> None:
    day = TODAY + timedelta(days=days)
    told, exact = Forecast(terms(inputs, POLICY, TODAY)).on(day), residual(terms(inputs, POLICY, day))
    assert told == pytest.approx((exact.risk, exact.worst.residual, exact.confidence), abs=SLACK)


@given(some.inputs, st.sampled_from(EuClass), st.sampled_from([(0.8, 0.5), (0.8, 0.0), (0.0, 0.0)]))
@settings(max_examples=60)
def test_before_anybody_answers_the_short_formula_is_the_long_one_in_every_digit(
    inputs: UseInputs, eu_class: EuClass, certain: tuple[float, float]
) -> None:
    limits = POLICY.confidence.model_copy(update=dict(zip(("high", "medium"), certain, strict=True)))
    rules = POLICY.model_copy(update={"confidence": limits})
    bare = UseInputs(factors=inputs.factors, tier=inputs.tier, eu_class=eu_class)
    assert unanswered(bare.factors, eu_class, rules) == stood(bare, rules, TODAY)


@given(some.inputs)
@settings(max_examples=60, deadline=None)
def test_what_could_make_it_no_worse_need_not_be_looked_at(inputs: UseInputs) -> None:
    alone = stood(inputs.model_copy(update={"attestations": ()}), POLICY, TODAY).band
    stops = [each for each in inputs.attestations if each.suspends or alone.rank < Band.ELEVATED.rank]
    fewer = inputs.model_copy(update={"attestations": tuple(each for each in stops if each.given and each.ends_on)})
    assert stood(fewer, POLICY, TODAY) == stood(inputs, POLICY, TODAY)
    assert next_worse(fewer, POLICY, TODAY) == next_worse(inputs, POLICY, TODAY)


@given(some.inputs)
@settings(max_examples=25, deadline=None)
def test_the_next_worse_day_is_the_one_found_by_stepping(inputs: UseInputs) -> None:
    found = next_worse(inputs, POLICY, TODAY)
    now = band_on(inputs, POLICY, TODAY).rank
    steps = range(1, (found - TODAY).days + 1) if found else range(1, 1000, 37)
    worse = [day for day in steps if band_on(inputs, POLICY, TODAY + timedelta(days=day)).rank > now]
    assert worse == ([(found - TODAY).days] if found else [])


@given(some.inputs, some.inputs)
@settings(max_examples=40)
def test_the_supplier_is_as_bad_as_its_worst_use(one: UseInputs, other: UseInputs) -> None:
    postures = [assess(one, POLICY, TODAY), assess(other, POLICY, TODAY)]
    found = worst(postures)
    assert found is not None
    assert all((each.band.rank, each.residual) <= (found.band.rank, found.residual) for each in postures)
    assert worst([]) is None
    assert changes(postures[0], postures[0]) == ()


def test_the_first_day_may_be_tomorrow_or_never() -> None:
    assert first_day(lambda day: True, after=TODAY) == TODAY + timedelta(days=1)
    assert first_day(lambda day: False, after=TODAY) is None


def test_bands_are_ranked_from_best_to_worst() -> None:
    assert [band.rank for band in Band] == [0, 1, 2, 3, 4, 5]
