"""What moved between two postures of the same use, in sentences."""

from __future__ import annotations

from pydantic import ConfigDict

from suppliers.posture.bands import Band, domain_name
from suppliers.posture.inputs import Frozen
from suppliers.posture.result import Posture
from suppliers.questionnaires.model import Domain

WORTH_SAYING = 0.05
NAMES = {domain: domain.value for domain in Domain}


class Stand(Frozen):
    """A posture as far as the next one is compared with it."""

    model_config = ConfigDict(extra="ignore")  # earlier ones had a day

    residual: float
    band: Band
    confidence: float
    worst_domain: Domain
    domains: dict[str, float]
    """Residual risk of each; plain names, for a member of an enumeration takes longer to put in words."""
    findings: dict[str, str]
    """Id -> sentence."""


def stand(posture: Posture) -> Stand:
    """What to compare the next posture with."""
    return Stand.made(
        residual=posture.residual,
        band=posture.band,
        confidence=posture.confidence,
        worst_domain=posture.worst_domain,
        domains={NAMES[each.domain]: each.residual for each in posture.domains},
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
    old = before.domains
    if list(old.items()) == [(each.domain, each.residual) for each in after.domains]:
        return []  # nothing moved, as on most days
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
