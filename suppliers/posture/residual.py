"""What is left of the exposure: residual risk per domain and of the whole use."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from suppliers.policy import ScoringPolicy
from suppliers.policy_parts import FindingPoints
from suppliers.posture.effectiveness import Decays, Sums, sums, sums_of
from suppliers.posture.exposure import DOMAINS, Exposure, exposure
from suppliers.posture.inputs import OpenFinding, SectionEvidence, UseInputs
from suppliers.questionnaires.model import Domain

ALIKE = dict.fromkeys(DOMAINS, 1 / len(DOMAINS))
"""The shares of domains before anything was asked."""
NOTHING_ASKED: Mapping[Domain, tuple[SectionEvidence, ...]] = dict.fromkeys(DOMAINS, ())


class DomainRisk(NamedTuple):
    """One domain: exposure I_d, effectiveness E_d, points of findings F_d, residual R_d, and its share in the mean."""

    domain: Domain
    share: float
    exposure: float
    effectiveness: float
    base: float
    finding_points: float
    residual: float


class Terms(NamedTuple):
    """What the formula is applied to; changing one term shows what it would do."""

    inputs: UseInputs
    policy: ScoringPolicy
    on: date
    exposure: Exposure
    by_domain: Mapping[Domain, tuple[SectionEvidence, ...]]
    sections: Mapping[str, Sums]
    findings: tuple[OpenFinding, ...]

    def without(self, finding: OpenFinding) -> Terms:
        return self._replace(findings=tuple(each for each in self.findings if each.id != finding.id))

    def with_section(self, section: SectionEvidence) -> Terms:
        changed = sums(section.answers, self.policy.effectiveness, self.on)
        return self._replace(sections={**self.sections, section.id: changed})


class Residual(NamedTuple):
    """The result of the formula."""

    domains: tuple[DomainRisk, ...]
    mean: float
    worst: DomainRisk
    risk: float
    confidence: float

    def pull(self, each: DomainRisk, policy: ScoringPolicy) -> float:
        """How strongly one domain's residual risk moves the result."""
        worst = policy.residual.worst if each is self.worst else 0.0
        return policy.residual.mean * each.share + worst


def terms(inputs: UseInputs, policy: ScoringPolicy, on: date) -> Terms:
    """The terms of the formula on a day."""
    return Terms(
        inputs=inputs,
        policy=policy,
        on=on,
        exposure=exposure(inputs.factors, policy),
        by_domain=_by_domain(inputs.sections) if inputs.sections else NOTHING_ASKED,
        sections=_sums(inputs.sections, policy, on) if inputs.sections else {},
        findings=inputs.findings,
    )


def residual(given: Terms) -> Residual:
    """R = 0.6 of the weighted mean over the domains + 0.4 of the worst domain, with the policy's numbers."""
    shares, rules = shares_of(given), given.policy.residual
    found = points_by_domain(given, shares, given.on) if given.findings else {}
    domains = tuple([_domain(given, domain, share, found.get(domain, 0.0)) for domain, share in shares.items()])
    mean = math.fsum([each.share * each.residual for each in domains])
    worst = max(domains, key=attrgetter("residual", "share"))
    return Residual(
        domains=domains,
        mean=mean,
        worst=worst,
        risk=rules.mean * mean + rules.worst * worst.residual,
        confidence=confidence(given.sections.values()),
    )


def confidence(sections: Iterable[Sums]) -> float:
    """Conf: how sure we are of what counts, over all answers; of nothing we are not sure at all."""
    counted = [(each.weight, each.confidence) for each in sections]
    weight = math.fsum(weight for weight, _ in counted)
    return math.fsum(certain for _, certain in counted) / weight if weight else 0.0


def finding_points(finding: OpenFinding, rules: FindingPoints, on: date) -> float:
    """The points of one finding: fewer while its acceptance is valid, more once it is overdue."""
    factor = rules.accepted if finding.accepted(on) else rules.overdue if finding.overdue(on) else 1.0
    return rules.points[finding.severity] * factor


def counted_under(finding: OpenFinding, domains: Iterable[Domain]) -> Domain:
    """Where a finding counts: in its domain, or under governance (else the first) when that was not asked about."""
    present = list(domains)
    if finding.domain in present:
        return finding.domain
    return Domain.GOVERNANCE if Domain.GOVERNANCE in present else present[0]


def shares_of(given: Terms) -> Mapping[Domain, float]:
    """Each domain's share in the mean; a domain nothing was asked about is left out. Before any round: all alike."""
    if not given.sections:
        return ALIKE
    weights = {
        domain: math.fsum([each.weight for each in sections if given.sections[each.id].asked])
        for domain, sections in given.by_domain.items()
    }
    total = math.fsum(weights.values())
    return {domain: weight / total for domain, weight in weights.items() if weight} if total else ALIKE


def points_by_domain(given: Terms, shares: Mapping[Domain, float], on: date) -> dict[Domain, float]:
    """What findings add to each domain on a day."""
    rules = given.policy.findings
    points: dict[Domain, list[float]] = {}
    for finding in given.findings:
        points.setdefault(counted_under(finding, shares), []).append(finding_points(finding, rules, on))
    return {domain: min(rules.most_per_domain, math.fsum(each)) for domain, each in points.items()}


def _by_domain(sections: Iterable[SectionEvidence]) -> dict[Domain, tuple[SectionEvidence, ...]]:
    found = dict(NOTHING_ASKED)
    for section in sections:
        found[section.domain] += (section,)
    return found


def _sums(sections: Iterable[SectionEvidence], policy: ScoringPolicy, on: date) -> dict[str, Sums]:
    decays = Decays(policy.effectiveness, on)
    return {each.id: sums_of(each, policy.effectiveness, decays) for each in sections}


def _domain(given: Terms, domain: Domain, share: float, points: float) -> DomainRisk:
    exposed = given.exposure.of[domain]
    effectiveness = _effectiveness(given, given.by_domain[domain])
    base = exposed * (1 - given.policy.effectiveness.most_removed * effectiveness)
    return DomainRisk(domain, share, exposed, effectiveness, base, points, min(100.0, base + points))


def _effectiveness(given: Terms, sections: Iterable[SectionEvidence]) -> float:
    """E_d over the sections in which something counts; nothing known = no protection assumed."""
    counted = [(each.weight, known) for each in sections if (known := given.sections[each.id]).weight > 0]
    total = math.fsum([weight for weight, _ in counted])
    return math.fsum([weight * each.effectiveness / each.weight for weight, each in counted]) / total if total else 0.0
