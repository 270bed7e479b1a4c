"""The strip above the list: each figure leads to the suppliers it counts."""

from __future__ import annotations

from typing import Any

from projections.register import Counts
from suppliers.posture import Band
from suppliers.supplier import Standing

BAD = (Band.UNACCEPTABLE, Band.BLOCKED, Band.SUSPENDED)
SERVICE = (Standing.APPROVED, Standing.CONDITIONAL)
COMING = (Standing.PROPOSED, Standing.ONBOARDING)


def kpis(counts: Counts) -> list[dict[str, Any]]:
    """Five figures over all suppliers."""
    bad = sum(counts.band.get(each, 0) for each in BAD)
    elevated = counts.band.get(Band.ELEVATED, 0)
    return [
        _figure("Unacceptable or worse", bad, "band", BAD, "also blocked and suspended", "bad" if bad else ""),
        _figure("Elevated", elevated, "band", (Band.ELEVATED,), "above the appetite of tiers 1 and 2", ""),
        _figure("Tier 1, critical", counts.tier.get(1, 0), "tier", (1,), "looked at every month", ""),
        _figure("In service", _number(counts, SERVICE), "standing", SERVICE, _conditional(counts), ""),
        _figure("On the way in", _number(counts, COMING), "standing", COMING, "proposed or in onboarding", ""),
    ]


def _figure(label: str, value: int, name: str, values: tuple[Any, ...], note: str, tone: str) -> dict[str, Any]:
    href = "/suppliers?" + "&".join(f"{name}={getattr(each, 'value', each)}" for each in values)
    return {"label": label, "value": f"{value:,}", "href": href, "note": note, "tone": tone}


def _number(counts: Counts, standings: tuple[Standing, ...]) -> int:
    return sum(counts.standing.get(each, 0) for each in standings)


def _conditional(counts: Counts) -> str:
    return f"{counts.standing.get(Standing.CONDITIONAL, 0):,} with conditions"
