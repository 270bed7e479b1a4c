"""The numbers of a posture on later days, at a fraction of the work: what answers add up to is summed once.

Effectiveness and confidence are sums over answers in which only the decay of their evidence moves, and many answers
share one decay. What comes out differs from the formula in the last digits only; who cannot bear that asks `near`.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from suppliers.policy import ScoringPolicy
from suppliers.posture.bands import Band, band_of
from suppliers.posture.effectiveness import COUNTED, score_on
from suppliers.posture.inputs import AnswerEvidence
from suppliers.posture.residual import DomainRisk, Residual, Terms, points_by_domain, shares_of
from suppliers.questionnaires.model import Domain

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


class Clock(NamedTuple):
    """Evidence of the same day and half-life: as fresh as new up to a day, then halved again and again."""

    fresh_until: int
    half_life: int

    def on(self, day: int) -> float:
        return 1.0 if day <= self.fresh_until else float(2 ** ((self.fresh_until - day) / self.half_life))


NEVER = Clock(date.max.toordinal(), 1)


class Part:
    """What a domain, or confidence, is the sum of: a constant and, for each clock, how much of its decay."""

    def __init__(self, *, share: float = 0.0, exposure: float = 0.0) -> None:
        self.share = share
        self.exposure = exposure
        self.constant = 0.0
        self.decaying: dict[int, float] = defaultdict(float)

    def on(self, decays: list[float]) -> float:
        total = self.constant
        for which, amount in self.decaying.items():
            total += amount * decays[which]
        return total


class Fading(NamedTuple):
    """An answer whose score itself falls with time."""

    domain: Domain
    factor: float
    clock: int
    certainty: float
    answer: AnswerEvidence


class Forecast:
    """Made from the terms of one day, it tells the numbers of any day."""

    def __init__(self, given: Terms) -> None:
        self._given = given
        self._rules = given.policy.effectiveness
        self._shares = shares_of(given)
        self._clocks: list[Clock] = []
        self._known: dict[tuple[date | None, int], int] = {}
        self._fading: list[Fading] = []
        self._certain = Part()
        self._parts = {domain: self._part(domain, share) for domain, share in self._shares.items()}
        self._weight = sum(each.weight for each in given.sections.values())
        self._told: dict[date, Numbers] = {}

    def on(self, day: date) -> Numbers:
        """The numbers if nothing but time happens until then."""
        if (told := self._told.get(day)) is None:
            told = self._told[day] = self._on(day)
        return told

    def _on(self, day: date) -> Numbers:
        decays = self._decays(day)
        points = points_by_domain(self._given, self._shares, day) if self._given.findings else {}
        faded = self._faded(day, decays) if self._fading else {}
        removed = self._rules.most_removed
        mean = worst = 0.0
        for domain, part in self._parts.items():
            protection = part.on(decays) + faded.get(domain, 0.0)
            left = part.exposure * (1 - removed * protection) + points.get(domain, 0.0)
            left = left if left < 100.0 else 100.0
            mean += part.share * left
            worst = worst if worst > left else left
        rules = self._given.policy.residual
        return Numbers(rules.mean * mean + rules.worst * worst, worst, self._confidence(decays))

    def band_on(self, day: date) -> Band:
        """The band on such a day; right unless the numbers are near an edge."""
        risk, worst, confidence = self.on(day)
        nothing = DomainRisk(Domain.GOVERNANCE, 1.0, worst, 0.0, worst, 0.0, worst)
        told = Residual(domains=(nothing,), mean=risk, worst=nothing, risk=risk, confidence=confidence)
        return band_of(self._given._replace(on=day), told)

    def confidence_on(self, day: date) -> float:
        """How sure we are then."""
        return self._confidence(self._decays(day))

    def _confidence(self, decays: list[float]) -> float:
        return self._certain.on(decays) / self._weight if self._weight else 0.0

    def _decays(self, day: date) -> list[float]:
        at = day.toordinal()
        return [each.on(at) for each in self._clocks]

    def _part(self, domain: Domain, share: float) -> Part:
        """The effectiveness of a domain, taken apart."""
        part = Part(share=share, exposure=self._given.exposure.of[domain])
        known = [each for each in self._given.by_domain[domain] if self._given.sections[each.id].weight > 0]
        total = sum(each.weight for each in known)
        for section in known:
            factor = section.weight / total / self._given.sections[section.id].weight
            for answer in section.answers:
                if answer.standing is COUNTED and (score := score_on(answer, self._given.on)) is not None:
                    self._add(domain, part, factor * answer.weight, answer, score)
        return part

    def _add(self, domain: Domain, part: Part, factor: float, answer: AnswerEvidence, score: float) -> None:
        """The smaller of the score and the cautious estimate is the score up to the prior, and the estimate above."""
        clock = self._known.get((answer.evidence_on, answer.half_life_days))
        if clock is None:
            clock = self._clock(answer.evidence_on, answer.half_life_days)
        certainty, prior = self._rules.verification[answer.verification], self._rules.prior
        self._certain.decaying[clock] += answer.weight * certainty
        if answer.fading is not None:
            self._fading.append(Fading(domain, factor, clock, certainty, answer))
        elif score <= prior:
            part.constant += factor * score
        else:
            part.constant += factor * prior
            part.decaying[clock] += factor * certainty * (score - prior)

    def _clock(self, evidence_on: date | None, half_life: int) -> int:
        """A new one, by its number."""
        clock = NEVER
        if evidence_on is not None:
            clock = Clock(evidence_on.toordinal() + self._rules.grace_days, half_life)
        self._clocks.append(clock)
        return self._known.setdefault((evidence_on, half_life), len(self._clocks) - 1)

    def _faded(self, day: date, decays: list[float]) -> dict[Domain, float]:
        found: dict[Domain, float] = {}
        for domain, factor, clock, certain, answer in self._fading:
            score, certainty = score_on(answer, day) or 0.0, certain * decays[clock]
            effect = min(score, certainty * score + (1 - certainty) * self._rules.prior)
            found[domain] = found.get(domain, 0.0) + factor * effect
        return found
