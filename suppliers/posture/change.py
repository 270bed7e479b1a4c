"""What moved between two postures of the same use, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple

from pydantic import BeforeValidator

from suppliers.posture.bands import Band, domain_name
from suppliers.posture.exposure import DOMAINS
from suppliers.posture.result import Posture
from suppliers.questionnaires.model import Domain

WORTH_SAYING = 0.05


def _in_order(domains: Any) -> Any:
    """Earlier ones have names to them."""
    return [domains.get(domain.value) for domain in DOMAINS] if isinstance(domains, dict) else domains


class Stand(NamedTuple):
    """A posture as far as the next one is compared with it."""

    residual: float
    band: Band
    confidence: float
    worst_domain: Domain
    domains: Annotated[tuple[float | None, ...], BeforeValidator(_in_order)]
    """Residual risk of each, in their order; None = nothing was asked about it."""
    findings: Mapping[str, str]
    """Id -> sentence."""

    @property
    def by_domain(self) -> dict[Domain, float]:
        """Those that anything was asked about."""
        return {domain: left for domain, left in zip(DOMAINS, self.domains, strict=True) if left is not None}


def stand(posture: Posture) -> Stand:
    """What to compare the next posture with."""
    left = {each.domain: each.residual for each in posture.domains}
    return Stand(
        residual=posture.residual,
        band=posture.band,
        confidence=posture.confidence,
        worst_domain=posture.worst_domain,
        domains=tuple([left.get(domain) for domain in DOMAINS]),
        findings={each.key: each.sentence for each in posture.contributions if each.kind == "finding"},
    )


def changes(before: Posture | Stand, after: Posture) -> tuple[str, ...]:
    """The result first, then the domains that moved most, then who is the worst now."""
    old = before if isinstance(before, Stand) else stand(before)
    lines = [_result(old, after), *_domains(old, after), *_findings(old, after)]
    if old.worst_domain is not after.worst_domain:
        worst = next(each for each in after.domains if each.domain is after.worst_domain)
        lines.append(f"{domain_name(worst.domain)} ({worst.residual:.1f}) is now the worst domain and sets the result.")
    return tuple(line for line in lines if line)


def _result(before: Stand, after: Posture) -> str:
    verb = _verb(before.residual, after.residual)
    number = f"Residual risk {verb} from {before.residual:.1f} to {after.residual:.1f}" if verb else ""
    band = f"{before.band.capitalize()} becomes {after.band.capitalize()}" if before.band is not after.band else ""
    return f"{'; '.join(part for part in (number, band) if part)}." if number or band else ""


def _domains(before: Stand, after: Posture) -> list[str]:
    old = before.by_domain
    moved = [(each.residual - old[each.domain], each) for each in after.domains if each.domain in old]
    moved.sort(key=lambda each: -abs(each[0]))
    return [
        f"{domain_name(each.domain)} {_verb(0, by)} from {old[each.domain]:.1f} to {each.residual:.1f}."
        for by, each in moved
        if abs(by) >= WORTH_SAYING
    ]


def _findings(before: Stand, after: Posture) -> list[str]:
    old = before.findings
    new = {each.key: each.sentence for each in after.contributions if each.kind == "finding"}
    gone = [f"No longer: {sentence}" for key, sentence in old.items() if key not in new]
    return gone + [f"New: {sentence}" for key, sentence in new.items() if key not in old]


def _verb(before: float, after: float) -> str:
    if abs(after - before) < WORTH_SAYING:
        return ""
    return "rises" if after > before else "falls"
