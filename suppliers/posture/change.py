"""What moved between two postures of the same use, in sentences."""

from __future__ import annotations

from suppliers.posture.bands import domain_name
from suppliers.posture.result import Posture

WORTH_SAYING = 0.05


def changes(before: Posture, after: Posture) -> tuple[str, ...]:
    """The result first, then the domains that moved most, then who is the worst now."""
    lines = [_result(before, after), *_domains(before, after), *_findings(before, after)]
    if before.worst_domain is not after.worst_domain:
        worst = next(each for each in after.domains if each.domain is after.worst_domain)
        lines.append(f"{domain_name(worst.domain)} ({worst.residual:.1f}) is now the worst domain and sets the result.")
    return tuple(line for line in lines if line)


def _result(before: Posture, after: Posture) -> str:
    verb = _verb(before.residual, after.residual)
    number = f"Residual risk {verb} from {before.residual:.1f} to {after.residual:.1f}" if verb else ""
    band = f"{before.band.capitalize()} becomes {after.band.capitalize()}" if before.band is not after.band else ""
    return f"{'; '.join(part for part in (number, band) if part)}." if number or band else ""


def _domains(before: Posture, after: Posture) -> list[str]:
    old = {each.domain: each.residual for each in before.domains}
    moved = [(each.residual - old[each.domain], each) for each in after.domains if each.domain in old]
    moved.sort(key=lambda each: -abs(each[0]))
    return [
        f"{domain_name(each.domain)} {_verb(0, by)} from {old[each.domain]:.1f} to {each.residual:.1f}."
        for by, each in moved
        if abs(by) >= WORTH_SAYING
    ]


def _findings(before: Posture, after: Posture) -> list[str]:
    old = {each.key: each.sentence for each in before.contributions if each.kind == "finding"}
    new = {each.key: each.sentence for each in after.contributions if each.kind == "finding"}
    gone = [f"No longer: {sentence}" for key, sentence in old.items() if key not in new]
    return gone + [f"New: {sentence}" for key, sentence in new.items() if key not in old]


def _verb(before: float, after: float) -> str:
    if abs(after - before) < WORTH_SAYING:
        return ""
    return "rises" if after > before else "falls"
