"""The moment that a request looks back to: `as_of` a day, a time or a position, on the axis `known` or `true`."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request

from projections.asof import Axis, Moment, Past, axis_of, wanted
from projections.asof.lists import lists
from projections.sources import LIVE, Sources
from suppliers.errors import Refusal
from web.context import services_of
from web.looking.back import looking
from web.problems import Problem

AsOf = Annotated[str | None, Query(description="A day (its end, UTC), a time, or a position in the record.")]
On = Annotated[Axis, Query(description="What was known then, or what was true then as far as is known now.")]


async def asked(request: Request, as_of: AsOf = None, axis: On = Axis.KNOWN) -> Moment | None:
    """None is the present."""
    if not as_of or not as_of.strip():
        return None
    try:
        return await looking(request).moment(wanted(as_of), axis_of(axis.value), now=services_of(request).clock.now())
    except Refusal as refusal:
        raise Problem(422, "There is nothing to look back to", refusal.sentence) from refusal


When = Annotated[Moment | None, Depends(asked)]


async def sources_of(request: Request, moment: Moment | None) -> Sources:
    """What lists are read from."""
    if moment is None:
        return LIVE
    return (await lists(looking(request), services_of(request).pool, moment)).sources


async def past_of(request: Request, supplier_id: UUID, moment: Moment) -> Past:
    """A supplier as of the moment."""
    return await looking(request).supplier(supplier_id, moment)
