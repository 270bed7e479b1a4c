"""Which facts count as of a moment, and in which order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from projections.asof.moment import Axis, Moment
from suppliers.ports import Recorded


def concerned(facts: Iterable[Recorded], moment: Moment) -> list[Recorded]:
    """The facts that count, as they were recorded."""
    known = (each for each in facts if each.position <= moment.position)
    if moment.axis is Axis.TRUE:
        known = (each for each in known if each.event.timestamp < moment.until)
    return sorted(known, key=lambda each: each.position)


def as_it_happened(facts: Iterable[Recorded]) -> list[Recorded]:
    """By time, but no stream before itself: what a stream recorded late comes after what it had recorded before."""
    latest: dict[UUID, datetime] = {}
    dated: list[tuple[datetime, int, Recorded]] = []
    for each in facts:
        stream, at = each.event.originator_id, each.event.timestamp
        latest[stream] = at = max(at, latest.get(stream, at))
        dated.append((at, each.position, each))
    return [each for _, _, each in sorted(dated, key=lambda one: one[:2])]


def ordered(facts: Iterable[Recorded], moment: Moment) -> list[Recorded]:
    """The facts that count in the order of the axis."""
    counted = concerned(facts, moment)
    return as_it_happened(counted) if moment.axis is Axis.TRUE else counted
