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


COUNTED, PENDING, UNANSWERED = Standing.COUNTED, Standing.PENDING, Standing.UNANSWERED
CONTRADICTED = Verification.CONTRADICTED
"""An enumeration takes longer to name a member than these sums take to add it."""


def score_on(answer: AnswerEvidence, on: date) -> float | None:
    """The score of a counted answer on a day; the score of a date fades, one the reviewer contradicted is nothing."""
    score = answer.score
    if (fading := answer.fading) is not None:
        score = min(1.0, max(0.0, 2 - (on - fading.since).days / fading.max_age_days))
    return 0.0 if answer.verification is CONTRADICTED and score is not None else score


def decay(answer: AnswerEvidence, grace_days: int, on: date) -> float:
    """1 while the evidence is fresh, then halved with every half-life."""
    if answer.evidence_on is None:
        return 1.0
    stale_days = max(0, (on - answer.evidence_on).days - grace_days)
    return float(2 ** (-stale_days / answer.half_life_days))


def sums(answers: Iterable[AnswerEvidence], rules: Effectiveness, on: date) -> Sums:
    """The sums of a section; the order of its answers makes no difference, not even in the last digit."""
    certainties, prior, grace_days = rules.verification, rules.prior, rules.grace_days
    weights, effects, certain = [], [], []
    waiting = unanswered = 0
    for answer in answers:
        if answer.standing is COUNTED and (score := score_on(answer, on)) is not None:
            weight = answer.weight
            certainty = certainties[answer.verification] * decay(answer, grace_days, on)
            cautious = certainty * score + (1 - certainty) * prior
            weights.append(weight)
            effects.append(weight * min(score, cautious))  # the smaller: getting older never improves an answer
            certain.append(weight * certainty)
        elif answer.standing is UNANSWERED:  # it was due, and nothing is known
            weights.append(answer.weight)
            unanswered += 1
        elif answer.standing is PENDING:
            waiting += 1
    return Sums(math.fsum(weights), math.fsum(effects), math.fsum(certain), waiting, unanswered)
