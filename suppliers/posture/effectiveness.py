"""How much the answers protect: age, verification and caution turn scores into effectiveness."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from suppliers.factors import Verification
from suppliers.policy_parts import Effectiveness
from suppliers.posture.inputs import AnswerEvidence
from suppliers.questionnaires.scoring import Standing


class Effect(NamedTuple):
    """What one answer contributes: effectiveness e and confidence c, both 0 to 1."""

    effectiveness: float
    confidence: float


class Sums(NamedTuple):
    """Weighted sums over the answers of a section; `waiting` counts answers no reviewer judged yet."""

    weight: float
    effectiveness: float
    confidence: float
    waiting: int
    unanswered: int

    @property
    def asked(self) -> bool:
        return self.weight > 0 or self.waiting > 0


NOTHING = Effect(0.0, 0.0)


def effect(answer: AnswerEvidence, rules: Effectiveness, on: date) -> Effect | None:
    """Effect of an answer on a day; None when it is not in the sum, nothing when it was due and not given."""
    if answer.standing is Standing.UNANSWERED:
        return NOTHING
    score = score_on(answer, on)
    if score is None:
        return None
    if answer.verification is Verification.CONTRADICTED:
        score = 0.0
    certainty = rules.verification[answer.verification] * decay(answer, rules, on)
    cautious = certainty * score + (1 - certainty) * rules.prior
    return Effect(min(score, cautious), certainty)  # the smaller: getting older never improves an answer


def score_on(answer: AnswerEvidence, on: date) -> float | None:
    """The score on a day; the score of a date fades."""
    if answer.standing is not Standing.COUNTED:
        return None
    if (fading := answer.fading) is None:
        return answer.score
    return min(1.0, max(0.0, 2 - (on - fading.since).days / fading.max_age_days))


def decay(answer: AnswerEvidence, rules: Effectiveness, on: date) -> float:
    """1 while the evidence is fresh, then halved with every half-life."""
    if answer.evidence_on is None:
        return 1.0
    stale_days = max(0, (on - answer.evidence_on).days - rules.grace_days)
    return float(2 ** (-stale_days / answer.half_life_days))


def sums(answers: Iterable[AnswerEvidence], rules: Effectiveness, on: date) -> Sums:
    """The sums of a section; the order of its answers makes no difference, not even in the last digit."""
    weights, effects, certain = [], [], []
    waiting = unanswered = 0
    for answer in answers:
        waiting += answer.standing is Standing.PENDING
        unanswered += answer.standing is Standing.UNANSWERED
        if (found := effect(answer, rules, on)) is not None:
            weights.append(answer.weight)
            effects.append(answer.weight * found.effectiveness)
            certain.append(answer.weight * found.confidence)
    return Sums(math.fsum(weights), math.fsum(effects), math.fsum(certain), waiting, unanswered)
