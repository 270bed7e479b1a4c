"""Which terms of the policy move a use from one band to another."""

from __future__ import annotations

from collections.abc import Iterator

from suppliers.policy import ScoringPolicy
from suppliers.posture import Band, Posture, changes

EDGES = {Band.WATCH: "watch", Band.ELEVATED: "elevated", Band.UNACCEPTABLE: "unacceptable"}


def why(before: Posture, after: Posture, ours: ScoringPolicy, trial: ScoringPolicy) -> tuple[str, ...]:
    """The result and the numbers behind it, then tier and edges, then what else holds it."""
    return (
        *changes(before, after),
        *_rating(before, after),
        *_edges(before.band, after.band, ours, trial),
        *_limits(before, after),
    )


def _rating(before: Posture, after: Posture) -> Iterator[str]:
    if abs(before.inherent - after.inherent) >= 0.05:
        yield f"Inherent risk is {after.inherent:.1f} instead of {before.inherent:.1f}."
    if before.tier is not after.tier:
        old, new = (each.label if each else "no tier" for each in (before.tier, after.tier))
        yield f"It is in {new} instead of {old}."


def _edges(before: Band, after: Band, ours: ScoringPolicy, trial: ScoringPolicy) -> Iterator[str]:
    """Those between the two bands; where another begins moves nothing here."""
    lower, upper = sorted((before.rank, after.rank))
    for band, name in EDGES.items():
        old, new = getattr(ours.bands, name), getattr(trial.bands, name)
        if old != new and lower < band.rank <= upper:
            yield f"{band.value.capitalize()} begins at {new:g} instead of {old:g}."


def _limits(before: Posture, after: Posture) -> Iterator[str]:
    old, new = [each.reason for each in before.limits], [each.reason for each in after.limits]
    yield from (f"Now also holds it: {reason}" for reason in new if reason not in old)
    yield from (f"No longer holds it: {reason}" for reason in old if reason not in new)
