"""From inputs to a posture, and from postures to the one that counts for a supplier."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from suppliers.policy import ScoringPolicy
from suppliers.posture.ageing import Foresight, foresight
from suppliers.posture.bands import appetite, band_of, by_number, limits, worst_of
from suppliers.posture.change import Stand
from suppliers.posture.explanation import contributions, domains, findings, summary
from suppliers.posture.exposure import DOMAINS
from suppliers.posture.improvement import Improvement, improvements
from suppliers.posture.inputs import UseInputs
from suppliers.posture.residual import Residual, Terms, residual, terms
from suppliers.posture.result import ConfidenceBand, Posture


def assess(inputs: UseInputs, policy: ScoringPolicy, on: date) -> Posture:
    """The posture of one use on a day: with the reasons, what would help, and what time will do."""
    given = terms(inputs, policy, on)
    result = residual(given)
    return _posture(given, result, ahead=True).model_copy(update={"improvements": improvements(given, result)})


def judge(inputs: UseInputs, policy: ScoringPolicy, on: date) -> Posture:
    """The posture without what would help, which is most of the work."""
    given = terms(inputs, policy, on)
    return _posture(given, residual(given), ahead=True)


def stood(inputs: UseInputs, policy: ScoringPolicy, on: date) -> Stand:
    """Only the numbers, and what is open."""
    given = terms(inputs, policy, on)
    return stands(given, residual(given))


def stands(given: Terms, result: Residual) -> Stand:
    """The same, of what is at hand."""
    left = {each.domain: each.residual for each in result.domains}
    return Stand(
        residual=result.risk,
        band=band_of(given, result),
        confidence=result.confidence,
        worst_domain=result.worst.domain,
        domains=tuple([left.get(domain) for domain in DOMAINS]),
        findings={each.key: each.sentence for each in findings(given, result)} if given.findings else {},
    )


def helping(inputs: UseInputs, policy: ScoringPolicy, on: date) -> tuple[Improvement, ...]:
    """What would bring it down, best first."""
    given = terms(inputs, policy, on)
    return improvements(given, residual(given))


def sketch(inputs: UseInputs, policy: ScoringPolicy, on: date) -> Posture:
    """The posture without what would help and what time will do."""
    given = terms(inputs, policy, on)
    return _posture(given, residual(given), ahead=False)


def _posture(given: Terms, result: Residual, *, ahead: bool) -> Posture:
    inputs, policy = given.inputs, given.policy
    waiting = any(each.waiting for each in given.sections.values())
    number, held = by_number(result.risk, policy), tuple(limits(given, result))
    band = worst_of(number, held)
    time = foresight(given, result, band) if ahead else Foresight(None, None, None)
    return Posture.made(
        on=given.on,
        policy=policy.ref,
        questionnaire=inputs.questionnaire,
        tier=inputs.tier,
        inherent=given.exposure.inherent,
        residual=result.risk,
        band=band,
        band_by_number=number,
        limits=held,
        confidence=result.confidence,
        confidence_band=confidence_band(result.confidence, policy),
        provisional=waiting or inputs.round_open or not inputs.sections,
        mean=result.mean,
        worst_domain=result.worst.domain,
        summary=summary(given, result),
        domains=domains(given, result),
        contributions=contributions(given, result),
        appetite=appetite(given, result),
        knock_outs=tuple(each.id for each in inputs.findings if each.blocks(given.on)),
        improvements=(),
        next_change_on=time.next_change_on,
        next_band=time.next_band,
        confidence_low_on=time.confidence_low_on,
    )


def worst(postures: Iterable[Posture]) -> Posture | None:
    """The posture of a supplier: the worst of its active uses, never an average."""
    return max(postures, key=lambda each: (each.band.rank, each.residual), default=None)


def confidence_band(confidence: float, policy: ScoringPolicy) -> ConfidenceBand:
    """High, medium or low."""
    if confidence >= policy.confidence.high:
        return "high"
    return "medium" if confidence >= policy.confidence.medium else "low"
