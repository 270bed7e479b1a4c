"""The band a use is in, what holds it there, and whether the company's appetite allows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from suppliers.eu_ai_act import EuClass
from suppliers.policy import ScoringPolicy
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
ACCEPTABLE, WATCH, ELEVATED, PROHIBITED = Band.ACCEPTABLE, Band.WATCH, Band.ELEVATED, EuClass.PROHIBITED
BETTER = (ACCEPTABLE, WATCH)
"""To name a member of an enumeration takes longer than to compare it."""


class Limit(Frozen):
    """Something that allows no better band than this, in a sentence."""

    band: Band
    reason: str


class Hold(NamedTuple):
    """The same, put in words once somebody reads them."""

    band: Band
    words: str
    about: tuple[object, ...]

    @property
    def limit(self) -> Limit:
        return Limit.made(band=self.band, reason=self.words.format(*self.about))


class AppetiteCheck(Frozen):
    """Whether the use may be approved without conditions, and what speaks against it."""

    within: bool
    reasons: tuple[str, ...] = ()


def band_of(given: Terms, result: Residual) -> Band:
    """The band on that day: the worst of what the number says and what holds it."""
    return worst_of(by_number(result.risk, given.policy), _holds(given, result))


def worst_of(band: Band, held: Iterable[Limit | Hold]) -> Band:
    """The band a number gives, or a worse one that limits hold it at."""
    return max([band, *[each.band for each in held]], key=RANKS.__getitem__)


def band_unsure(risk: float, worst: float, eu_class: EuClass, policy: ScoringPolicy) -> Band:
    """The same of what nobody has answered about: nothing is open, and we are not sure of it at all."""
    if eu_class is PROHIBITED:
        return Band.BLOCKED
    number, certain = by_number(risk, policy), policy.confidence
    if certain.medium > 0 or worst >= policy.worst_domain_cap:
        return ELEVATED if number in BETTER else number
    return WATCH if number is ACCEPTABLE and certain.high > 0 else number


def by_number(risk: float, policy: ScoringPolicy) -> Band:
    """The band residual risk alone gives."""
    edges = policy.bands
    if risk >= edges.unacceptable:
        return Band.UNACCEPTABLE
    if risk >= edges.elevated:
        return Band.ELEVATED
    return Band.WATCH if risk >= edges.watch else Band.ACCEPTABLE


def limits(given: Terms, result: Residual) -> Iterator[Limit]:
    """Everything that holds the band down, worst first."""
    return (each.limit for each in _holds(given, result))


def appetite(given: Terms, result: Residual) -> AppetiteCheck:
    """The policy's appetite for this tier; above it only a conditional approval or a rejection is left."""
    reasons = tuple(_against(given, result))
    return AppetiteCheck.made(within=not reasons, reasons=reasons)


def _holds(given: Terms, result: Residual) -> list[Hold]:
    return [*_stops(given), *_caps(given, result)]


def _stops(given: Terms) -> Iterator[Hold]:
    inputs = given.inputs
    if inputs.suspended is not None:
        yield Hold(Band.SUSPENDED, "Suspended: {}", (inputs.suspended,))
    for each in inputs.attestations:
        if each.suspends and each.expired(given.on):
            yield Hold(Band.SUSPENDED, "{0.title} ended on {0.ends_on}.", (each,))
    if inputs.eu_class is PROHIBITED:
        yield Hold(Band.BLOCKED, "The use is prohibited by the EU AI Act.", ())
    for finding in given.findings:
        if finding.blocks(given.on):
            yield Hold(Band.BLOCKED, "Knock-out: {0.title}.", (finding,))


def _caps(given: Terms, result: Residual) -> Iterator[Hold]:
    certain, sure, worst = given.policy.confidence, result.confidence, result.worst
    if sure < certain.medium:
        yield Hold(ELEVATED, "Low confidence ({:.0%}) in the answers.", (sure,))
    for each in given.inputs.attestations:
        if each.expired(given.on):
            yield Hold(ELEVATED, "{0.title} ended on {0.ends_on}; it is mandatory.", (each,))
    if worst.residual >= given.policy.worst_domain_cap:
        yield Hold(ELEVATED, "{} alone is at {:.1f}.", (domain_name(worst.domain), worst.residual))
    if certain.medium <= sure < certain.high:
        yield Hold(WATCH, "Medium confidence ({:.0%}) in the answers.", (sure,))
    grave = sum([finding.severity in GRAVE for finding in given.findings])
    if grave:
        yield Hold(WATCH, "{} open.", (counted(grave, "high or critical finding"),))


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
