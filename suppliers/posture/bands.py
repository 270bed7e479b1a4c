"""The band a use is in, what holds it there, and whether the company's appetite allows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from suppliers.eu_ai_act import EuClass
from suppliers.posture.inputs import Frozen
from suppliers.posture.residual import Residual, Terms
from suppliers.questionnaires.model import Severity
from suppliers.word import Word

GRAVE = frozenset({Severity.HIGH, Severity.CRITICAL})


class Band(Word):
    """Postures from best to worst."""

    ACCEPTABLE = "acceptable"
    WATCH = "watch"
    ELEVATED = "elevated"
    UNACCEPTABLE = "unacceptable"
    BLOCKED = "blocked"
    SUSPENDED = "suspended"

    @property
    def rank(self) -> int:
        """0 (best) to 5 (worst)."""
        return RANKS[self]


RANKS = {band: rank for rank, band in enumerate(Band)}


class Limit(Frozen):
    """Something that allows no better band than this, in a sentence."""

    band: Band
    reason: str


class AppetiteCheck(Frozen):
    """Whether the use may be approved without conditions, and what speaks against it."""

    within: bool
    reasons: tuple[str, ...] = ()


def band_of(given: Terms, result: Residual) -> Band:
    """The band on that day: the worst of what the number says and what the limits say."""
    return worst_of(by_number(given, result), limits(given, result))


def worst_of(band: Band, held: Iterable[Limit]) -> Band:
    """The band a number gives, or a worse one that limits hold it at."""
    return max((band, *(limit.band for limit in held)), key=RANKS.__getitem__)


def by_number(given: Terms, result: Residual) -> Band:
    """The band residual risk alone gives."""
    edges = given.policy.bands
    if result.risk >= edges.unacceptable:
        return Band.UNACCEPTABLE
    if result.risk >= edges.elevated:
        return Band.ELEVATED
    return Band.WATCH if result.risk >= edges.watch else Band.ACCEPTABLE


def limits(given: Terms, result: Residual) -> Iterator[Limit]:
    """Everything that holds the band down, worst first."""
    yield from _stops(given)
    yield from _caps(given, result)


def appetite(given: Terms, result: Residual) -> AppetiteCheck:
    """The policy's appetite for this tier; above it only a conditional approval or a rejection is left."""
    reasons = tuple(_against(given, result))
    return AppetiteCheck.made(within=not reasons, reasons=reasons)


def _stops(given: Terms) -> Iterator[Limit]:
    if given.inputs.suspended is not None:
        yield Limit.made(band=Band.SUSPENDED, reason=f"Suspended: {given.inputs.suspended}")
    for each in given.inputs.attestations:
        if each.suspends and each.expired(given.on):
            yield Limit.made(band=Band.SUSPENDED, reason=f"{each.title} ended on {each.ends_on}.")
    if given.inputs.eu_class is EuClass.PROHIBITED:
        yield Limit.made(band=Band.BLOCKED, reason="The use is prohibited by the EU AI Act.")
    for finding in given.findings:
        if finding.blocks(given.on):
            yield Limit.made(band=Band.BLOCKED, reason=f"Knock-out: {finding.title}.")


def _caps(given: Terms, result: Residual) -> Iterator[Limit]:
    policy = given.policy
    percent = f"{result.confidence:.0%}"
    if result.confidence < policy.confidence.medium:
        yield Limit.made(band=Band.ELEVATED, reason=f"Low confidence ({percent}) in the answers.")
    for each in given.inputs.attestations:
        if each.expired(given.on):
            yield Limit.made(band=Band.ELEVATED, reason=f"{each.title} ended on {each.ends_on}; it is mandatory.")
    if result.worst.residual >= policy.worst_domain_cap:
        name = domain_name(result.worst.domain)
        yield Limit.made(band=Band.ELEVATED, reason=f"{name} alone is at {result.worst.residual:.1f}.")
    if policy.confidence.medium <= result.confidence < policy.confidence.high:
        yield Limit.made(band=Band.WATCH, reason=f"Medium confidence ({percent}) in the answers.")
    grave = sum(finding.severity in GRAVE for finding in given.findings)
    if grave:
        yield Limit.made(band=Band.WATCH, reason=f"{counted(grave, 'high or critical finding')} open.")


def _against(given: Terms, result: Residual) -> Iterator[str]:
    if given.inputs.tier is None or any(True for _ in _stops(given)):
        yield "It is stopped: prohibited, blocked or suspended."
    if given.inputs.tier is None:
        return
    limit = given.policy.appetite[given.inputs.tier]
    if result.risk >= limit.below:
        yield f"Residual risk {result.risk:.1f} is not below {limit.below:g}, the limit for {given.inputs.tier.label}."
    if result.confidence < limit.confidence:
        yield f"Confidence {result.confidence:.0%} is below the {limit.confidence:.0%} asked for."
    open_grave = [f for f in given.findings if f.severity in GRAVE and not (f.planned or f.accepted(given.on))]
    if limit.high_findings_need_plan and open_grave:
        yield f"{counted(len(open_grave), 'high or critical finding')} without a dated plan."


def domain_name(domain: str) -> str:
    """How a domain is called in a sentence."""
    return domain.replace("_", " and ").capitalize()


def counted(number: int, thing: str) -> str:
    """`1 finding`, `2 findings`."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
