"""The two days of a comparison as they stand in the address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from fastapi import Request

from projections.asof import Axis, Moment, axis_of, wanted
from suppliers.errors import Refusal
from web.context import services_of
from web.looking.back import looking

MONTH = timedelta(days=30)


@dataclass(frozen=True)
class Span:
    """What was asked for; without moments there is a sentence that says why."""

    first: str
    last: str
    axis: Axis
    moments: tuple[Moment, Moment] | None
    problem: str = ""


async def span_of(request: Request) -> Span:
    """The last month unless other days are named."""
    now = services_of(request).clock.now()
    given = request.query_params
    first = given.get("from", "").strip() or (now.date() - MONTH).isoformat()
    last = given.get("to", "").strip() or now.date().isoformat()
    axis = Axis.TRUE if given.get("axis") == Axis.TRUE else Axis.KNOWN
    try:
        found = [await looking(request).moment(wanted(text), axis_of(axis), now=now) for text in (first, last)]
    except Refusal as refusal:
        return Span(first, last, axis, None, refusal.sentence)
    before, after = found
    if (before.until, before.position) > (after.until, after.position):
        return Span(first, last, axis, None, "The first day has to be before the last one.")
    return Span(first, last, axis, (before, after))
