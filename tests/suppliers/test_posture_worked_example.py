"""The worked example of the method, number by number."""

from __future__ import annotations

import pytest

from suppliers.factors import Tier
from suppliers.policy import policy
from suppliers.posture import Band, Posture, assess, changes
from suppliers.posture.effectiveness import sums
from suppliers.questionnaires import Domain
from suppliers.tiering import rate
from tests.suppliers.golden import CLAUSE, EXIT, FACTORS, FACTS, FAIRNESS, RETESTED, TODAY, fairness, golden
from tests.suppliers.reference import effect

POLICY = policy()


@pytest.fixture
def posture() -> Posture:
    return assess(golden(), POLICY, TODAY)


def test_inherent_risk_is_73_5_and_the_tier_critical() -> None:
    rated = rate(FACTS, FACTORS, POLICY)
    assert rated.inherent == pytest.approx(73.5)
    assert rated.tier is Tier.CRITICAL


@pytest.mark.parametrize(
    ("index", "confidence", "effectiveness"),
    [(0, 0.714, 0.786), (1, 0.714, 0.286), (2, 0.714, 0.571), (3, 0.714, 0.607), (4, 0.600, 0.700)],
)
def test_each_answer_of_the_fairness_section_counts_as_worked_out(
    index: int, confidence: float, effectiveness: float
) -> None:
    found = effect(fairness(FAIRNESS).answers[index], POLICY.effectiveness, TODAY)
    assert found is not None
    assert (round(found.confidence, 3), round(found.effectiveness, 3)) == (confidence, effectiveness)


def test_the_fairness_section_is_595_effective_with_confidence_695() -> None:
    section = sums(fairness(FAIRNESS).answers, POLICY.effectiveness, TODAY)
    assert round(section.effectiveness / section.weight, 3) == 0.595
    assert round(section.confidence / section.weight, 3) == 0.695


@pytest.mark.parametrize(
    ("domain", "share", "exposure", "effectiveness", "base", "points", "residual"),
    [
        (Domain.GOVERNANCE, 0.14, 73.5, 0.686, 30.7, 0, 30.7),
        (Domain.LEGAL, 0.19, 86.8, 0.509, 49.2, 5, 54.2),
        (Domain.PRIVACY, 0.18, 74.2, 0.798, 23.9, 0, 23.9),
        (Domain.PERFORMANCE_SAFETY, 0.09, 86.8, 0.630, 40.3, 0, 40.3),
        (Domain.FAIRNESS, 0.07, 86.8, 0.595, 42.9, 12, 54.9),
        (Domain.SECURITY, 0.11, 74.2, 0.800, 23.8, 0, 23.8),
        (Domain.TRANSPARENCY, 0.06, 86.8, 0.600, 42.5, 0, 42.5),
        (Domain.RESILIENCE, 0.16, 61.8, 0.660, 27.1, 5, 32.1),
    ],
)
def test_each_domain_is_as_in_the_table(
    posture: Posture,
    domain: Domain,
    share: float,
    exposure: float,
    effectiveness: float,
    base: float,
    points: float,
    residual: float,
) -> None:
    found = next(each for each in posture.domains if each.domain is domain)
    assert found.share == pytest.approx(share)
    assert found.exposure == pytest.approx(exposure, abs=0.051)
    assert found.effectiveness == pytest.approx(effectiveness, abs=0.0005)
    assert found.base == pytest.approx(base, abs=0.051)
    assert found.finding_points == points
    assert found.residual == pytest.approx(residual, abs=0.051)


def test_the_result_is_43_9_and_watch(posture: Posture) -> None:
    assert round(posture.mean, 1) == 36.7
    assert round(posture.residual, 1) == 43.9
    assert posture.band is Band.WATCH
    assert posture.worst_domain is Domain.FAIRNESS


def test_an_open_high_finding_without_a_plan_is_above_appetite(posture: Posture) -> None:
    assert not posture.appetite.within
    assert posture.appetite.reasons == ("1 high or critical finding without a dated plan.",)
    planned = golden(findings=tuple(f.model_copy(update={"planned": True}) for f in golden().findings))
    assert assess(planned, POLICY, TODAY).appetite.within


def test_a_retest_helps_only_a_little_because_legal_is_then_the_worst(posture: Posture) -> None:
    after = assess(golden(RETESTED, findings=(CLAUSE, EXIT)), POLICY, TODAY)
    fair = next(each for each in after.domains if each.domain is Domain.FAIRNESS)
    assert fair.effectiveness == pytest.approx(0.802, abs=0.0006)
    assert round(fair.residual, 1) == 27.6
    assert round(after.residual, 1) == 42.5
    said = changes(posture, after)
    assert said[0] == "Residual risk falls from 43.9 to 42.5."
    assert said[-1] == "Legal (54.2) is now the worst domain and sets the result."


def test_the_reasons_sum_to_the_result(posture: Posture) -> None:
    assert sum(each.points for each in posture.contributions) == pytest.approx(posture.residual)
    assert sum(each.points for each in posture.domains) == pytest.approx(posture.residual)
    sizes = [abs(each.points) for each in posture.contributions]
    assert sizes == sorted(sizes, reverse=True)


def test_what_would_help_names_the_finding_with_the_result_after_it(posture: Posture) -> None:
    close = next(each for each in posture.improvements if each.key == "f-ratio")
    without = assess(golden(findings=(CLAUSE, EXIT)), POLICY, TODAY)
    assert close.residual == without.residual
    assert "Legal (54.2) would then be the worst" in close.sentence
