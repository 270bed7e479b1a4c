"""When time alone makes a posture worse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from suppliers.policy import ScoringPolicy
from suppliers.posture.bands import Band, band_of
from suppliers.posture.effectiveness import sums
from suppliers.posture.inputs import UseInputs
from suppliers.posture.residual import confidence, residual, terms

LOOK_AHEAD = 5 * 366
"""Days; what happens later is decided by a new round anyway."""


def band_on(inputs: UseInputs, policy: ScoringPolicy, on: date) -> Band:
    """The band on a day if nothing but time happens until then."""
    given = terms(inputs, policy, on)
    return band_of(given, residual(given))


def next_worse(inputs: UseInputs, policy: ScoringPolicy, on: date) -> date | None:
    """The first day after `on` with a worse band if nothing else happens."""
    now = band_on(inputs, policy, on).rank
    if now == Band.SUSPENDED.rank:
        return None
    return first_day(lambda day: band_on(inputs, policy, day).rank > now, after=on)


def confidence_falls(inputs: UseInputs, policy: ScoringPolicy, on: date) -> date | None:
    """The first day from `on` on which confidence is low if no new evidence comes."""

    def low(day: date) -> bool:
        aged = [sums(each.answers, policy.effectiveness, day) for each in inputs.sections]
        return confidence(aged) < policy.confidence.medium

    return on if low(on) else first_day(low, after=on)


def first_day(happens: Callable[[date], bool], *, after: date) -> date | None:
    """The first day on which it is so. Time only ever worsens a posture, so halving finds what stepping would."""
    early, late = 0, LOOK_AHEAD
    if not happens(after + timedelta(days=late)):
        return None
    while late - early > 1:
        middle = (early + late) // 2
        if happens(after + timedelta(days=middle)):
            late = middle
        else:
            early = middle
    return after + timedelta(days=late)
