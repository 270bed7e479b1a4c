"""Why the number is what it is, in plain sentences and in points that sum to it."""

from __future__ import annotations

from collections.abc import Iterator

from suppliers.posture.bands import counted, domain_name
from suppliers.posture.residual import DomainRisk, Residual, Terms, counted_under, finding_points
from suppliers.posture.result import Contribution, DomainPosture


def domains(given: Terms, result: Residual) -> tuple[DomainPosture, ...]:
    """Every domain, the one that makes up most of the result first."""
    found = [_domain(each, result.pull(each, given.policy), result) for each in result.domains]
    return tuple(sorted(found, key=lambda each: (-each.points, each.domain)))


def contributions(given: Terms, result: Residual) -> tuple[Contribution, ...]:
    """Starting exposure, what the answers took away, what findings added; the weightiest first."""
    found = [_start(given, result), *_answers(given, result), *findings(given, result)]
    return tuple(sorted(found, key=lambda each: (-abs(each.points), each.kind, each.key)))


def summary(given: Terms, result: Residual) -> str:
    """What to look at first."""
    worst = result.worst
    part = result.pull(worst, given.policy) * worst.residual
    sentence = f"{domain_name(worst.domain)} is the worst domain at {worst.residual:.1f} of 100"
    sentence += f" and makes up {part:.1f} of the {result.risk:.1f} points."
    waiting = sum(each.waiting for each in given.sections.values())
    if waiting:
        sentence += f" {counted(waiting, 'answer')} not reviewed yet."
    unanswered = sum(each.unanswered for each in given.sections.values())
    if unanswered:
        sentence += f" {counted(unanswered, 'question')} without an answer."
    return sentence


def _domain(each: DomainRisk, pull: float, result: Residual) -> DomainPosture:
    sentence = f"{domain_name(each.domain)}: {each.exposure:.1f} before answers, {each.base:.1f} after"
    sentence += f", {each.finding_points:g} more for findings" if each.finding_points else ""
    sentence += f" = {each.residual:.1f}; the worst, so it counts most." if each is result.worst else ""
    return DomainPosture.made(
        domain=each.domain,
        share=each.share,
        exposure=each.exposure,
        effectiveness=each.effectiveness,
        base=each.base,
        finding_points=each.finding_points,
        residual=each.residual,
        points=pull * each.residual,
        sentence=sentence if sentence.endswith(".") else f"{sentence} = {each.residual:.1f}.",
    )


def _start(given: Terms, result: Residual) -> Contribution:
    points = sum(result.pull(each, given.policy) * each.exposure for each in result.domains)
    tier = given.inputs.tier.label if given.inputs.tier else "no tier"
    sentence = f"What we use it for: inherent risk {given.exposure.inherent:.1f} of 100 ({tier}), before any answer."
    return Contribution.made(kind="exposure", key="", points=points, sentence=sentence)


def _answers(given: Terms, result: Residual) -> Iterator[Contribution]:
    for each in result.domains:
        points = -result.pull(each, given.policy) * (each.exposure - each.base)
        if points:
            sentence = f"{domain_name(each.domain)}: answers and evidence are {each.effectiveness:.0%} effective"
            sentence += f" and lower it from {each.exposure:.1f} to {each.base:.1f}."
            yield Contribution.made(kind="answers", key=each.domain, points=points, sentence=sentence)


def findings(given: Terms, result: Residual) -> Iterator[Contribution]:
    """What each open finding adds."""
    by_domain = {each.domain: each for each in result.domains}
    raw = {each.id: finding_points(each, given.policy.findings, given.on) for each in given.findings}
    home = {each.id: counted_under(each, by_domain) for each in given.findings}
    for finding in given.findings:
        domain = by_domain[home[finding.id]]
        total = sum(raw[each.id] for each in given.findings if home[each.id] is domain.domain)
        capped = (domain.residual - domain.base) / total if total else 0.0  # share left after the caps of 40 and 100
        points = result.pull(domain, given.policy) * raw[finding.id] * capped
        state = " (accepted)" if finding.accepted(given.on) else " (overdue)" if finding.overdue(given.on) else ""
        sentence = f"Open {finding.severity} finding in {domain_name(finding.domain).lower()}{state}: {finding.title}."
        yield Contribution.made(kind="finding", key=finding.id, points=points, sentence=sentence)
