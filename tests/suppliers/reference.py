"""The method written down as plainly as it goes, however slow: what the quick ways are held against."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from suppliers.factors import Verification
from suppliers.policy import ScoringPolicy
from suppliers.policy_parts import Effectiveness
from suppliers.posture import AnswerEvidence, Posture, UseInputs, band_on, confidence_falls, next_worse, sketch
from suppliers.posture.effectiveness import Sums
from suppliers.questionnaires import Standing


class Effect(NamedTuple):
    """What one answer contributes: effectiveness e and confidence c, both 0 to 1."""

    effectiveness: float
    confidence: float


def effect(answer: AnswerEvidence, rules: Effectiveness, on: date) -> Effect | None:
    """Effect of an answer on a day; None when it is not in the sum, nothing when it was due and not given."""
    if answer.standing is Standing.UNANSWERED:
        return Effect(0.0, 0.0)
    if answer.standing is not Standing.COUNTED:
        return None
    score = answer.score
    if answer.fading is not None:
        score = min(1.0, max(0.0, 2 - (on - answer.fading.since).days / answer.fading.max_age_days))
    if score is None:
        return None
    if answer.verification is Verification.CONTRADICTED:
        score = 0.0
    certainty = rules.verification[answer.verification] * _decay(answer, rules, on)
    return Effect(min(score, certainty * score + (1 - certainty) * rules.prior), certainty)


def _decay(answer: AnswerEvidence, rules: Effectiveness, on: date) -> float:
    if answer.evidence_on is None:
        return 1.0
    stale_days = max(0, (on - answer.evidence_on).days - rules.grace_days)
    return float(2 ** (-stale_days / answer.half_life_days))


def added_up(answers: Iterable[AnswerEvidence], rules: Effectiveness, on: date) -> Sums:
    """The sums of a section."""
    listed = list(answers)
    effects = [(each.weight, found) for each in listed if (found := effect(each, rules, on)) is not None]
    return Sums(
        weight=math.fsum(weight for weight, _ in effects),
        effectiveness=math.fsum(weight * found.effectiveness for weight, found in effects),
        confidence=math.fsum(weight * found.confidence for weight, found in effects),
        waiting=sum(each.standing is Standing.PENDING for each in listed),
        unanswered=sum(each.standing is Standing.UNANSWERED for each in listed),
    )


def judged(inputs: UseInputs, policy: ScoringPolicy, on: date) -> Posture:
    """The posture with what time will do, by the formula of each day."""
    worse_on = next_worse(inputs, policy, on)
    foresight = {
        "next_change_on": worse_on,
        "next_band": band_on(inputs, policy, worse_on) if worse_on else None,
        "confidence_low_on": confidence_falls(inputs, policy, on),
    }
    return sketch(inputs, policy, on).model_copy(update=foresight)
