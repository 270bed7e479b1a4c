"""What holds a band down, what stops a use, what appetite allows, and how findings count."""

from __future__ import annotations

from datetime import timedelta

import pytest

from suppliers.eu_ai_act import EuClass
from suppliers.factors import Factor, Tier, Verification
from suppliers.policy import policy
from suppliers.posture import (
    AnswerEvidence,
    Band,
    Fading,
    MandatoryAttestation,
    OpenFinding,
    SectionEvidence,
    UseInputs,
    assess,
    confidence_falls,
)
from suppliers.posture.residual import finding_points
from suppliers.questionnaires import Domain, Severity, Standing
from tests.suppliers.golden import TODAY
from tests.suppliers.reference import effect

POLICY = policy()
DAY = timedelta(days=1)


def answer(**change: object) -> AnswerEvidence:
    best = AnswerEvidence(
        question="Q-01",
        weight=1,
        half_life_days=365,
        score=1.0,
        verification=Verification.INDEPENDENT,
        evidence_on=TODAY,
    )
    return best.model_copy(update=change)


def section(domain: Domain, *answers: AnswerEvidence, weight: float = 0.125) -> SectionEvidence:
    return SectionEvidence(id=f"S-{domain}", title=domain.capitalize(), domain=domain, weight=weight, answers=answers)


def use(*answers: AnswerEvidence, score: int = 1, **change: object) -> UseInputs:
    """A calm use whose every domain has the same answers."""
    calm = UseInputs(
        factors=dict.fromkeys(Factor, score),
        tier=Tier.LOW,
        eu_class=EuClass.MINIMAL,
        sections=tuple(section(domain, *(answers or (answer(),))) for domain in Domain),
    )
    return calm.model_copy(update=change)


def gap(severity: Severity = Severity.LOW, **change: object) -> OpenFinding:
    return OpenFinding(id="f", title="Gap", domain=Domain.LEGAL, severity=severity).model_copy(update=change)


def band(inputs: UseInputs) -> Band:
    return assess(inputs, POLICY, TODAY).band


def test_a_calm_well_proven_use_is_acceptable() -> None:
    posture = assess(use(), POLICY, TODAY)
    assert (posture.band, posture.confidence_band, posture.limits) == (Band.ACCEPTABLE, "high", ())
    assert posture.appetite.within
    assert posture.residual == pytest.approx(25 * 0.15)


@pytest.mark.parametrize(
    ("verification", "at_best"),
    [
        (Verification.ACCEPTED, Band.ACCEPTABLE),
        (Verification.ATTACHED, Band.WATCH),
        (Verification.SAID, Band.WATCH),
        (Verification.WEAK, Band.ELEVATED),
    ],
)
def test_low_confidence_holds_the_band_down(verification: Verification, at_best: Band) -> None:
    assert band(use(answer(verification=verification), score=0)) is at_best


@pytest.mark.parametrize("severity", [Severity.HIGH, Severity.CRITICAL])
def test_an_open_grave_finding_is_never_acceptable(severity: Severity) -> None:
    posture = assess(use(score=0, findings=(gap(severity),)), POLICY, TODAY)
    assert posture.band_by_number is Band.ACCEPTABLE
    assert posture.band is Band.WATCH


def test_one_very_bad_domain_is_at_least_elevated() -> None:
    bad = tuple(section(domain, answer(score=float(domain is not Domain.LEGAL))) for domain in Domain)
    posture = assess(use(score=3, sections=bad), POLICY, TODAY)
    assert posture.band_by_number is Band.WATCH
    assert posture.band is Band.ELEVATED
    assert posture.summary.startswith("Legal is the worst domain")


def test_a_mandatory_attestation_that_ended_caps_and_one_never_given_does_not() -> None:
    ended = MandatoryAttestation(id="pentest", title="Penetration test", given=True, ends_on=TODAY - DAY)
    assert band(use(attestations=(ended,))) is Band.ELEVATED
    assert band(use(attestations=(ended.model_copy(update={"ends_on": TODAY}),))) is Band.ACCEPTABLE
    assert band(use(attestations=(ended.model_copy(update={"waived_until": TODAY}),))) is Band.ACCEPTABLE
    assert band(use(attestations=(MandatoryAttestation(id="x", title="X"),))) is Band.ACCEPTABLE


def test_an_ended_processing_agreement_suspends() -> None:
    ended = MandatoryAttestation(id="dpa", title="DPA", given=True, ends_on=TODAY - DAY, suspends=True)
    posture = assess(use(attestations=(ended,)), POLICY, TODAY)
    assert posture.band is Band.SUSPENDED
    assert not posture.appetite.within
    before = assess(use(attestations=(ended,)), POLICY, TODAY - DAY)
    assert (before.next_change_on, before.next_band) == (TODAY, Band.SUSPENDED)


def test_a_knock_out_blocks_until_it_is_overridden_and_again_after() -> None:
    knock_out = gap(Severity.CRITICAL, knock_out=True, accepted_until=TODAY)
    assert band(use(findings=(gap(Severity.CRITICAL, knock_out=True),))) is Band.BLOCKED
    overridden = assess(use(score=0, findings=(knock_out,)), POLICY, TODAY)
    assert (overridden.band, overridden.knock_outs) == (Band.WATCH, ())
    assert (overridden.next_change_on, overridden.next_band) == (TODAY + DAY, Band.BLOCKED)


def test_closing_a_knock_out_is_named_as_what_helps_even_where_points_hardly_move() -> None:
    posture = assess(use(findings=(gap(Severity.CRITICAL, knock_out=True),)), POLICY, TODAY)
    assert posture.improvements[0].kind == "finding"
    assert posture.improvements[0].band is Band.ACCEPTABLE


def test_prohibited_and_suspended_stop_everything() -> None:
    prohibited = use(eu_class=EuClass.PROHIBITED, tier=None)
    assert band(prohibited) is Band.BLOCKED
    assert band(prohibited.model_copy(update={"suspended": "breach"})) is Band.SUSPENDED
    assert not assess(prohibited, POLICY, TODAY).appetite.within


@pytest.mark.parametrize(
    ("change", "points"),
    [
        ({}, 12),
        ({"due_on": TODAY}, 12),
        ({"due_on": TODAY - DAY}, 18),
        ({"accepted_until": TODAY}, 6),
        ({"accepted_until": TODAY, "due_on": TODAY - DAY}, 6),
        ({"accepted_until": TODAY - DAY, "due_on": TODAY - DAY}, 18),
    ],
)
def test_a_finding_weighs_more_when_overdue_and_less_while_accepted(change: dict[str, object], points: float) -> None:
    assert finding_points(gap(Severity.HIGH, **change), POLICY.findings, TODAY) == points


def test_findings_of_one_domain_add_at_most_forty_points() -> None:
    many = tuple(gap(Severity.CRITICAL, id=str(n)) for n in range(4))
    posture = assess(use(score=0, findings=many), POLICY, TODAY)
    legal = next(each for each in posture.domains if each.domain is Domain.LEGAL)
    assert (legal.finding_points, legal.residual) == (40, 40)
    assert sum(each.points for each in posture.contributions if each.kind == "finding") == pytest.approx(
        posture.residual
    )


def test_a_finding_in_a_domain_nobody_asked_about_still_counts() -> None:
    only = (section(Domain.GOVERNANCE, answer()), section(Domain.PRIVACY, answer()))
    quiet = assess(use(sections=only), POLICY, TODAY)
    loud = assess(use(sections=only, findings=(gap(Severity.HIGH),)), POLICY, TODAY)
    assert {each.domain for each in quiet.domains} == {Domain.GOVERNANCE, Domain.PRIVACY}
    assert loud.residual > quiet.residual


def test_before_any_round_the_whole_exposure_counts() -> None:
    posture = assess(use(sections=(), score=2), POLICY, TODAY)
    assert posture.residual == pytest.approx(50)
    assert (posture.band, posture.confidence, posture.provisional) == (Band.ELEVATED, 0, True)


def test_silence_counts_as_nothing_and_waiting_answers_make_it_provisional() -> None:
    silent = assess(use(answer(), answer(standing=Standing.UNANSWERED, score=None)), POLICY, TODAY)
    waiting = assess(use(answer(), answer(standing=Standing.PENDING, score=None)), POLICY, TODAY)
    assert silent.residual > waiting.residual == assess(use(answer()), POLICY, TODAY).residual
    assert (silent.confidence, waiting.confidence) == (0.5, 1)
    assert (silent.provisional, waiting.provisional) == (False, True)
    assert silent.improvements[0].kind == "answer"


def test_only_unreviewed_answers_protect_nothing_yet() -> None:
    posture = assess(use(answer(standing=Standing.PENDING, score=None)), POLICY, TODAY)
    assert posture.residual == pytest.approx(25)
    assert posture.provisional


def test_a_contradicted_answer_is_worth_nothing_for_certain() -> None:
    found = effect(answer(verification=Verification.CONTRADICTED), POLICY.effectiveness, TODAY)
    assert found is not None
    assert (found.effectiveness, found.confidence) == (0, 1)


@pytest.mark.parametrize(("age", "certainty"), [(0, 1), (90, 1), (91, 2 ** (-1 / 365)), (455, 0.5), (-30, 1)])
def test_evidence_is_fresh_for_ninety_days_and_then_halves(age: int, certainty: float) -> None:
    found = effect(answer(evidence_on=TODAY - age * DAY), POLICY.effectiveness, TODAY)
    assert found is not None
    assert found.confidence == pytest.approx(certainty)


def test_the_score_of_a_date_fades_by_itself() -> None:
    tested = answer(score=None, fading=Fading(since=TODAY - 400 * DAY, max_age_days=365))
    now, later = (effect(tested, POLICY.effectiveness, TODAY + n * DAY) for n in (0, 365))
    assert now is not None
    assert later is not None
    assert now.effectiveness == pytest.approx(2 - 400 / 365)
    assert later.effectiveness == 0


@pytest.mark.parametrize(
    ("tier", "score", "within"), [(Tier.CRITICAL, 1, True), (Tier.CRITICAL, 2, False), (Tier.MEDIUM, 2, True)]
)
def test_appetite_depends_on_the_tier(tier: Tier, score: int, within: bool) -> None:
    unproven = answer(score=0.0)
    assert assess(use(unproven, score=score, tier=tier), POLICY, TODAY).appetite.within is within


def test_critical_tiers_ask_for_confidence() -> None:
    said = answer(verification=Verification.WEAK)
    reasons = assess(use(said, score=0, tier=Tier.HIGH), POLICY, TODAY).appetite.reasons
    assert reasons == ("Confidence 30% is below the 60% asked for.",)


def test_the_day_confidence_gets_low_is_found() -> None:
    day = confidence_falls(use(), POLICY, TODAY)
    assert day == TODAY + (90 + 365 + 1) * DAY  # halved after one half-life, below half a day later
