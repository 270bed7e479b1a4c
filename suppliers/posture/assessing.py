"""From inputs to a posture, and from postures to the one that counts for a supplier."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from suppliers.policy import ScoringPolicy
from suppliers.posture.ageing import band_on, confidence_falls, next_worse
from suppliers.posture.bands import appetite, band_of, by_number, limits
from suppliers.posture.explanation import contributions, domains, summary
from suppliers.posture.improvement import improvements
from suppliers.posture.inputs import UseInputs
from suppliers.posture.residual import Residual, Terms, residual, terms
from suppliers.posture.result import ConfidenceBand, Posture


def assess(inputs: UseInputs, policy: ScoringPolicy, on: date) -> Posture:
    """The posture of one use on a day: with the reasons, what would help, and what time will do."""
    given = terms(inputs, policy, on)
    result = residual(given)
    worse_on = next_worse(inputs, policy, on)
    foresight = {
        "improvements": improvements(given, result),
        "next_change_on": worse_on,
        "next_band": band_on(inputs, policy, worse_on) if worse_on else None,
        "confidence_low_on": confidence_falls(inputs, policy, on),
    }
    return _posture(given, result).model_copy(update=foresight)


def sketch(inputs: UseInputs, policy: ScoringPolicy, on: date) -> Posture:
    """The posture without what would help and what time will do, which are most of the work."""
    given = terms(inputs, policy, on)
    return _posture(given, residual(given))


def _posture(given: Terms, result: Residual) -> Posture:
    inputs, policy = given.inputs, given.policy
    waiting = any(each.waiting for each in given.sections.values())
    return Posture(
        on=given.on,
        policy=policy.ref,
        questionnaire=inputs.questionnaire,
        tier=inputs.tier,
        inherent=given.inherent,
        residual=result.risk,
        band=band_of(given, result),
        band_by_number=by_number(given, result),
        limits=tuple(limits(given, result)),
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
    )


def worst(postures: Iterable[Posture]) -> Posture | None:
    """The posture of a supplier: the worst of its active uses, never an average."""
    return max(postures, key=lambda each: (each.band.rank, each.residual), default=None)


def confidence_band(confidence: float, policy: ScoringPolicy) -> ConfidenceBand:
    """High, medium or low."""
    if confidence >= policy.confidence.high:
        return "high"
    return "medium" if confidence >= policy.confidence.medium else "low"
