"""The numbers of a posture on later days, at a fraction of the work: what answers add up to is summed once.

Effectiveness and confidence are sums over answers in which only the decay of their evidence moves, and many answers
share one decay. What comes out differs from the formula in the last digits only; who cannot bear that asks `near`.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from suppliers.policy import ScoringPolicy
from suppliers.posture.effectiveness import decay, score_on
from suppliers.posture.inputs import AnswerEvidence
from suppliers.posture.residual import Terms, exposure_of, points_by_domain, shares_of
from suppliers.questionnaires.model import Domain
from suppliers.questionnaires.scoring import Standing

SLACK = 1e-9
"""Far more than what rounding can do to these sums, far less than what anybody would call a difference."""


class Numbers(NamedTuple):
    """What decides a band, as far as time moves it gradually."""

    risk: float
    worst: float
    confidence: float

    def near(self, policy: ScoringPolicy) -> bool:
        """Whether the last digits could decide on which side of an edge this is."""
        bands, certain = policy.bands, policy.confidence
        edges = (
            *((self.risk, edge) for edge in (bands.watch, bands.elevated, bands.unacceptable)),
            (self.worst, policy.worst_domain_cap),
            (self.confidence, certain.high),
            (self.confidence, certain.medium),
        )
        return any(abs(value - edge) < SLACK for value, edge in edges)


class Part:
    """What a domain, or confidence, is the sum of: a constant and, for each decay, how much of it."""

    def __init__(self) -> None:
        self.constant = 0.0
        self.decaying: dict[int, float] = defaultdict(float)

    def on(self, decays: list[float]) -> float:
        return self.constant + sum(share * decays[which] for which, share in self.decaying.items())


class Fading(NamedTuple):
    """An answer whose score itself falls with time."""

    part: Part
    factor: float
    answer: AnswerEvidence


class Forecast:
    """Made from the terms of one day, it tells the numbers of any day."""

    def __init__(self, given: Terms) -> None:
        self._given = given
        self._rules = given.policy.effectiveness
        self._shares = shares_of(given)
        self._exposures = {domain: exposure_of(given, domain) for domain in self._shares}
        self._clocks: dict[tuple[date | None, int], int] = {}
        self._samples: list[AnswerEvidence] = []
        self._fading: list[Fading] = []
        self._certain = Part()
        self._parts = {domain: self._part(domain) for domain in self._shares}
        self._weight = sum(each.weight for each in given.sections.values())

    def on(self, day: date) -> Numbers:
        """The numbers if nothing but time happens until then."""
        decays = self._decays(day)
        points = points_by_domain(self._given, self._shares, day)
        faded = self._faded(day)
        removed = self._rules.most_removed
        mean = worst = 0.0
        for domain, part in self._parts.items():
            protection = part.on(decays) + faded.get(id(part), 0.0)
            left = min(100.0, self._exposures[domain] * (1 - removed * protection) + points.get(domain, 0.0))
            mean += self._shares[domain] * left
            worst = max(worst, left)
        rules = self._given.policy.residual
        return Numbers(rules.mean * mean + rules.worst * worst, worst, self._confidence(decays))

    def confidence_on(self, day: date) -> float:
        """How sure we are then."""
        return self._confidence(self._decays(day))

    def _confidence(self, decays: list[float]) -> float:
        return self._certain.on(decays) / self._weight if self._weight else 0.0

    def _decays(self, day: date) -> list[float]:
        return [decay(each, self._rules.grace_days, day) for each in self._samples]

    def _part(self, domain: Domain) -> Part:
        """The effectiveness of a domain, taken apart."""
        part = Part()
        known = [each for each in self._given.by_domain[domain] if self._given.sections[each.id].weight > 0]
        total = sum(each.weight for each in known)
        for section in known:
            factor = section.weight / total / self._given.sections[section.id].weight
            for answer in section.answers:
                if answer.standing is Standing.COUNTED:
                    self._add(part, factor * answer.weight, answer)
        return part

    def _add(self, part: Part, factor: float, answer: AnswerEvidence) -> None:
        """The smaller of the score and the cautious estimate is the score up to the prior, and the estimate above."""
        score, prior = score_on(answer, self._given.on), self._rules.prior
        if score is None:
            return
        which, certainty = self._clock(answer), self._rules.verification[answer.verification]
        self._certain.decaying[which] += answer.weight * certainty
        if answer.fading is not None:
            self._fading.append(Fading(part, factor, answer))
        elif score <= prior:
            part.constant += factor * score
        else:
            part.constant += factor * prior
            part.decaying[which] += factor * certainty * (score - prior)

    def _clock(self, answer: AnswerEvidence) -> int:
        """Answers with evidence of the same day and the same half-life age together."""
        key = (answer.evidence_on, answer.half_life_days if answer.evidence_on else 0)
        if key not in self._clocks:
            self._clocks[key] = len(self._samples)
            self._samples.append(answer)
        return self._clocks[key]

    def _faded(self, day: date) -> dict[int, float]:
        found: dict[int, float] = {}
        for part, factor, answer in self._fading:
            score = score_on(answer, day) or 0.0
            certainty = self._rules.verification[answer.verification] * decay(answer, self._rules.grace_days, day)
            effect = min(score, certainty * score + (1 - certainty) * self._rules.prior)
            found[id(part)] = found.get(id(part), 0.0) + factor * effect
        return found
