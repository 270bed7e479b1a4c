"""The numbers of a posture on later days, at a fraction of the work: what answers add up to is summed once.

Effectiveness and confidence are sums over answers in which only the decay of their evidence moves, and many answers
share one decay. What comes out differs from the formula in the last digits only; who cannot bear that asks `near`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from suppliers.policy import ScoringPolicy
from suppliers.posture.bands import Band, band_of
from suppliers.posture.decaying import Fading, decaying
from suppliers.posture.effectiveness import Evidence, score_on
from suppliers.posture.inputs import SectionEvidence
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


class Part:
    """What is left of a domain, or what confidence is the sum of: a constant and, by clock, how much of its decay."""

    def __init__(self, *, share: float = 0.0, constant: float = 0.0) -> None:
        self.share = share
        self.constant = constant
        self.decaying: dict[int, float] = defaultdict(float)

    def on(self, decays: Sequence[float]) -> float:
        total = self.constant
        for which, amount in self.decaying.items():
            total += amount * decays[which]
        return total


class Forecast:
    """Made from the terms of one day, it tells the numbers of any day."""

    def __init__(self, given: Terms) -> None:
        self._given = given
        self._rules = given.policy.effectiveness
        self._shares = shares_of(given)
        self._clocks: list[tuple[int, int]] = []
        """As fresh as new up to a day, then halved again and again."""
        self._known: dict[Evidence, int] = {}
        """By the number of its clock."""
        self._fading: list[tuple[Domain, float, int, Fading]] = []
        self._certain = Part()
        self._parts = {domain: self._part(domain, share) for domain, share in self._shares.items()}
        self._weight = sum([each.weight for each in given.sections.values()])
        self._told: dict[date, Numbers] = {}

    def on(self, day: date) -> Numbers:
        """The numbers if nothing but time happens until then."""
        if (told := self._told.get(day)) is None:
            told = self._told[day] = self._on(day)
        return told

    def _on(self, day: date) -> Numbers:
        decays = self._decays(day)
        more = self._more(day, decays) if self._given.findings or self._fading else {}
        mean = worst = 0.0
        for domain, part in self._parts.items():
            left = part.on(decays) + more.get(domain, 0.0)
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

    def _confidence(self, decays: Sequence[float]) -> float:
        return self._certain.on(decays) / self._weight if self._weight else 0.0

    def _decays(self, day: date) -> Sequence[float]:
        at = day.toordinal()
        return [1.0 if at <= fresh else 2 ** ((fresh - at) / half_life) for fresh, half_life in self._clocks]

    def _part(self, domain: Domain, share: float) -> Part:
        """What effectiveness leaves of a domain, taken apart."""
        exposed, sections = self._given.exposure.of[domain], self._given.sections
        part, removable = Part(share=share, constant=exposed), exposed * self._rules.most_removed
        known = [each for each in self._given.by_domain[domain] if sections[each.id].weight > 0]
        total = sum([each.weight for each in known])
        for section in known:
            self._add(domain, part, removable * section.weight / total / sections[section.id].weight, section)
        return part

    def _add(self, domain: Domain, part: Part, factor: float, section: SectionEvidence) -> None:
        found = decaying(section, self._rules)
        part.constant -= factor * found.constant
        for evidence, amount in found.effects.items():
            part.decaying[self._clock(evidence)] -= factor * amount
        for evidence, amount in found.certain.items():
            self._certain.decaying[self._clock(evidence)] += amount
        self._fading += [(domain, factor, self._clock(each.evidence), each) for each in found.fading]

    def _clock(self, evidence: Evidence) -> int:
        clock = self._known.get(evidence)
        if clock is None:
            since, half_life = evidence
            fresh = date.max.toordinal() if since is None else since.toordinal() + self._rules.grace_days
            self._clocks.append((fresh, half_life))
            clock = self._known[evidence] = len(self._known)
        return clock

    def _more(self, day: date, decays: Sequence[float]) -> dict[Domain, float]:
        """What findings add, and answers take away whose score itself falls."""
        found = points_by_domain(self._given, self._shares, day)
        prior = self._rules.prior
        for domain, factor, clock, (weight, _, certain, answer) in self._fading:
            score, certainty = score_on(answer, day) or 0.0, certain * decays[clock]
            effect = min(score, certainty * score + (1 - certainty) * prior)
            found[domain] = found.get(domain, 0.0) - factor * weight * effect
        return found
