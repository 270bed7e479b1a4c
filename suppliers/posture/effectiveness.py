"""How much the answers protect: age, verification and caution turn scores into effectiveness."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from suppliers.factors import Verification
from suppliers.policy_parts import Effectiveness
from suppliers.posture.inputs import AnswerEvidence, SectionEvidence
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


Evidence = tuple[date | None, int]
"""Its date and half-life, which many answers share."""


class Decays(dict[Evidence, float]):
    """How much evidence is worth on a day: 1 while it is fresh, then halved with every half-life."""

    def __init__(self, rules: Effectiveness, on: date) -> None:
        super().__init__()
        self._grace_days = rules.grace_days
        self.on = on

    def __missing__(self, evidence: Evidence) -> float:
        since, half_life = evidence
        stale_days = 0 if since is None else max(0, (self.on - since).days - self._grace_days)
        found = self[evidence] = float(2 ** (-stale_days / half_life))
        return found


def sums_of(section: SectionEvidence, rules: Effectiveness, decays: Decays) -> Sums:
    """Kept beside the section, which stays when another one is reviewed on the same day."""
    kept: tuple[Effectiveness, date, Sums] | None = getattr(section, "summed", None)
    if kept is None or kept[0] is not rules or kept[1] != decays.on:
        kept = (rules, decays.on, sums(section.answers, rules, decays.on, decays))
        object.__setattr__(section, "summed", kept)
    return kept[2]


def sums(answers: Iterable[AnswerEvidence], rules: Effectiveness, on: date, decays: Decays | None = None) -> Sums:
    """The sums of a section; the order of its answers makes no difference, not even in the last digit."""
    certainties, prior = rules.verification, rules.prior
    decays = Decays(rules, on) if decays is None else decays
    weights, effects, certain = [], [], []
    waiting = unanswered = 0
    for answer in answers:
        if answer.standing is COUNTED and (score := score_on(answer, on)) is not None:
            weight = answer.weight
            certainty = certainties[answer.verification] * decays[answer.evidence_on, answer.half_life_days]
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
