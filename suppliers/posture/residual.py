"""What is left of the exposure: residual risk per domain and of the whole use."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from suppliers.factors import HIGHEST
from suppliers.policy import ScoringPolicy
from suppliers.policy_parts import FindingPoints
from suppliers.posture.effectiveness import Sums, sums
from suppliers.posture.inputs import OpenFinding, SectionEvidence, UseInputs
from suppliers.questionnaires.model import Domain
from suppliers.tiering import inherent_risk


class DomainRisk(NamedTuple):
    """One domain: exposure I_d, effectiveness E_d, points of findings F_d, residual R_d, and its share in the mean."""

    domain: Domain
    share: float
    exposure: float
    effectiveness: float
    base: float
    finding_points: float
    residual: float


@dataclass(frozen=True, slots=True)
class Terms:
    """What the formula is applied to; changing one term shows what it would do."""

    inputs: UseInputs
    policy: ScoringPolicy
    on: date
    inherent: float
    by_domain: Mapping[Domain, tuple[SectionEvidence, ...]]
    sections: Mapping[str, Sums]
    findings: tuple[OpenFinding, ...]

    def without(self, finding: OpenFinding) -> Terms:
        return replace(self, findings=tuple(each for each in self.findings if each.id != finding.id))

    def with_section(self, section: SectionEvidence) -> Terms:
        changed = sums(section.answers, self.policy.effectiveness, self.on)
        return replace(self, sections={**self.sections, section.id: changed})


@dataclass(frozen=True, slots=True)
class Residual:
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
    by_domain: dict[Domain, tuple[SectionEvidence, ...]] = dict.fromkeys(Domain, ())
    for section in inputs.sections:
        by_domain[section.domain] += (section,)
    return Terms(
        inputs=inputs,
        policy=policy,
        on=on,
        inherent=inherent_risk(inputs.factors, policy),
        by_domain=by_domain,
        sections={each.id: sums(each.answers, policy.effectiveness, on) for each in inputs.sections},
        findings=inputs.findings,
    )


def residual(given: Terms) -> Residual:
    """R = 0.6 of the weighted mean over the domains + 0.4 of the worst domain, with the policy's numbers."""
    shares = shares_of(given)
    found = points_by_domain(given, shares, given.on)
    domains = tuple(_domain(given, domain, share, found.get(domain, 0.0)) for domain, share in shares.items())
    mean = math.fsum(each.share * each.residual for each in domains)
    worst = max(domains, key=lambda each: (each.residual, each.share))
    return Residual(
        domains=domains,
        mean=mean,
        worst=worst,
        risk=given.policy.residual.mean * mean + given.policy.residual.worst * worst.residual,
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


def shares_of(given: Terms) -> dict[Domain, float]:
    """Each domain's share in the mean; a domain nothing was asked about is left out. Before any round: all alike."""
    weights = {
        domain: math.fsum(each.weight for each in sections if given.sections[each.id].asked)
        for domain, sections in given.by_domain.items()
    }
    total = math.fsum(weights.values())
    if not total:
        return {domain: 1 / len(Domain) for domain in Domain}
    return {domain: weight / total for domain, weight in weights.items() if weight}


def points_by_domain(given: Terms, shares: Mapping[Domain, float], on: date) -> dict[Domain, float]:
    """What findings add to each domain on a day."""
    rules = given.policy.findings
    points: dict[Domain, list[float]] = {}
    for finding in given.findings:
        points.setdefault(counted_under(finding, shares), []).append(finding_points(finding, rules, on))
    return {domain: min(rules.most_per_domain, math.fsum(each)) for domain, each in points.items()}


def _domain(given: Terms, domain: Domain, share: float, points: float) -> DomainRisk:
    exposure = exposure_of(given, domain)
    effectiveness = _effectiveness(given, domain)
    base = exposure * (1 - given.policy.effectiveness.most_removed * effectiveness)
    return DomainRisk(domain, share, exposure, effectiveness, base, points, min(100.0, base + points))


def exposure_of(given: Terms, domain: Domain) -> float:
    """I_d: half inherent risk, half the factor that drives this domain."""
    drivers = given.policy.drivers[domain]
    driver = max(given.inputs.factors[each] / HIGHEST for each in drivers) if drivers else given.inherent / 100
    shared = given.policy.exposure_share
    return 100 * (shared * given.inherent / 100 + (1 - shared) * driver)


def _effectiveness(given: Terms, domain: Domain) -> float:
    """E_d over the sections in which something counts; nothing known = no protection assumed."""
    counted = [
        (each.weight, given.sections[each.id]) for each in given.by_domain[domain] if given.sections[each.id].weight > 0
    ]
    total = math.fsum(weight for weight, _ in counted)
    return math.fsum(weight * each.effectiveness / each.weight for weight, each in counted) / total if total else 0.0
