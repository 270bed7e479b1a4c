"""When time alone makes a posture worse."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from suppliers.policy import ScoringPolicy
from suppliers.posture.bands import Band, band_of
from suppliers.posture.effectiveness import sums
from suppliers.posture.forecast import SLACK, Forecast, Numbers
from suppliers.posture.inputs import UseInputs
from suppliers.posture.residual import Residual, Terms, confidence, residual, terms

DAY = timedelta(days=1)
LOOK_AHEAD = 5 * 366
"""Days; what happens later is decided by a new round anyway."""
FAR = timedelta(days=LOOK_AHEAD)


class Change(NamedTuple):
    """When time alone makes it worse, and of which band it is then."""

    next_change_on: date | None
    next_band: Band | None


class Foresight(NamedTuple):
    """What time alone will do."""

    next_change_on: date | None
    next_band: Band | None
    confidence_low_on: date | None


def foresight(given: Terms, result: Residual, band: Band) -> Foresight:
    """When it gets worse and confidence low; the same days as by the formula, found by its forecast."""
    ahead = Forecast(given)
    return Foresight(*_next_change(given, band, ahead), _low_on(given, result, ahead))


def next_change(given: Terms, result: Residual, band: Band) -> Change:
    """When a use that is in this band gets worse if nothing else happens, and how bad it is then."""
    if fades(given.inputs):
        return _next_change(given, band, Forecast(given))
    worse_on = _runs_out(given, band)
    return Change(worse_on, None if worse_on is None else band_of(given._replace(on=worse_on), result))


def fades(inputs: UseInputs) -> bool:
    """Whether its numbers move with time. What nobody answered about only changes when something runs out."""
    return bool(inputs.sections or inputs.findings)


def same_until(given: Terms, band: Band) -> date:
    """The first day on which any of this, with what time will do, may be otherwise though nothing else happens."""
    if fades(given.inputs):
        return given.on + DAY
    first = min((day for day, then in _endings(given) if then.rank > band.rank and given.on < day), default=date.max)
    return first if (first - given.on).days <= LOOK_AHEAD or first is date.max else first - FAR


def _next_change(given: Terms, band: Band, ahead: Forecast) -> Change:
    worse_on = _worse_on(given, band, ahead)
    return Change(worse_on, None if worse_on is None else _band_then(given, ahead, worse_on))


def _band_then(given: Terms, ahead: Forecast, day: date) -> Band:
    if ahead.on(day).near(given.policy):
        return band_on(given.inputs, given.policy, day)
    return ahead.band_on(day)


def band_on(inputs: UseInputs, policy: ScoringPolicy, on: date) -> Band:
    """The band on a day if nothing but time happens until then."""
    given = terms(inputs, policy, on)
    return band_of(given, residual(given))


def next_worse(inputs: UseInputs, policy: ScoringPolicy, on: date) -> date | None:
    """The first day after `on` with a worse band if nothing else happens: by the formula, day by day."""
    now = band_on(inputs, policy, on).rank
    if now == Band.SUSPENDED.rank:
        return None
    return first_day(lambda day: band_on(inputs, policy, day).rank > now, after=on)


def confidence_falls(inputs: UseInputs, policy: ScoringPolicy, on: date) -> date | None:
    """The first day from `on` on which confidence is low if no new evidence comes: by the formula, day by day."""

    def low(day: date) -> bool:
        aged = [sums(each.answers, policy.effectiveness, day) for each in inputs.sections]
        return confidence(aged) < policy.confidence.medium

    return on if low(on) else first_day(low, after=on)


def first_day(happens: Callable[[date], bool], *, after: date, within: int = LOOK_AHEAD) -> date | None:
    """The first day on which it is so. Time only ever worsens a posture, so halving finds what stepping would."""
    early, late = 0, within
    if late < 1 or not happens(after + timedelta(days=late)):
        return None
    while late - early > 1:
        middle = (early + late) // 2
        if happens(after + timedelta(days=middle)):
            late = middle
        else:
            early = middle
    return after + timedelta(days=late)


def _worse_on(given: Terms, band: Band, ahead: Forecast) -> date | None:
    """Something runs out on a day that is known, unless the numbers have crossed an edge before."""
    inputs, policy, on = given.inputs, given.policy, given.on
    last, dated = on + FAR, _runs_out(given, band)
    if band.rank >= Band.UNACCEPTABLE.rank:
        return dated
    before = last if dated is None else dated - DAY
    gradual = _gradually(ahead, band, policy, on, before)
    edge = gradual or before
    if any(ahead.on(day).near(policy) for day in (edge, edge - DAY)):
        return next_worse(inputs, policy, on)
    return gradual or dated


def _gradually(ahead: Forecast, band: Band, policy: ScoringPolicy, on: date, last: date) -> date | None:
    """Mostly confidence is the first to fall, and it is the cheapest to ask for: all else need only be looked at
    before it does."""
    least = _least_sure(band, policy)
    unsure = first_day(lambda day: ahead.confidence_on(day) < least, after=on, within=(last - on).days)
    before = last if unsure is None else unsure - DAY
    return first_day(lambda day: _crossed(ahead.on(day), band, policy), after=on, within=(before - on).days) or unsure


def _least_sure(band: Band, policy: ScoringPolicy) -> float:
    """Less confidence than this makes a worse band than this one."""
    certain = policy.confidence
    if band is Band.ELEVATED:
        return 0.0
    return certain.medium if band is Band.WATCH else max(certain.medium, certain.high)


def _runs_out(given: Terms, band: Band) -> date | None:
    """The first of the days that make it worse and are known."""
    worse = [day for day, then in _endings(given) if then.rank > band.rank and given.on < day <= given.on + FAR]
    return min(worse, default=None)


def _crossed(numbers: Numbers, band: Band, policy: ScoringPolicy) -> bool:
    """Whether what is left of the risk makes a worse band than this one."""
    bands = policy.bands
    if band is Band.ELEVATED:
        return numbers.risk >= bands.unacceptable
    return numbers.worst >= policy.worst_domain_cap or numbers.risk >= (
        bands.elevated if band is Band.WATCH else bands.watch
    )


def _endings(given: Terms) -> Iterator[tuple[date, Band]]:
    """The first days without an attestation, or without the acceptance of a knock-out, and what follows."""
    for each in given.inputs.attestations:
        if each.given and each.ends_on is not None:
            last = each.ends_on if each.waived_until is None else max(each.ends_on, each.waived_until)
            yield last + DAY, Band.SUSPENDED if each.suspends else Band.ELEVATED
    for finding in given.inputs.findings:
        if finding.knock_out and finding.accepted_until is not None:
            yield finding.accepted_until + DAY, Band.BLOCKED


def _low_on(given: Terms, result: Residual, ahead: Forecast) -> date | None:
    edge = given.policy.confidence.medium
    if result.confidence < edge:
        return given.on
    found = first_day(lambda day: ahead.confidence_on(day) < edge, after=given.on)
    last = found or given.on + FAR
    if any(abs(ahead.confidence_on(day) - edge) < SLACK for day in (last, last - DAY)):
        return confidence_falls(given.inputs, given.policy, given.on)
    return found
