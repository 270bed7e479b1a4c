"""Renewals: what ends or is due, day by day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from projections import renewals
from projections.asof.calendar import stretch
from projections.asof.lists import lists
from projections.renewals import Due, Filters, Kind
from web.api.answers import After, Limit, Listing, documented, listing, placed, tag
from web.api.as_of import When
from web.api.callers import Caller
from web.context import services_of
from web.looking.back import looking

router = APIRouter(tags=["renewals"])
AHEAD = timedelta(days=90)


@router.get("/renewals", responses=documented(Listing[Due]))
async def dated(
    request: Request,
    caller: Caller,
    moment: When,
    since: date | None = None,
    until: date | None = None,
    kind: Annotated[list[Kind], Query()] = [],  # noqa: B006
    supplier: UUID | None = None,
    owner: UUID | None = None,
    limit: Limit = 50,
    after: After = None,
) -> Response:
    """Both days included; the next ninety days if none is named."""
    today = moment.day if moment else services_of(request).clock.now().date()
    first = since or today
    last = until or first + AHEAD
    etag, pool = await tag(request, (renewals.VIEW,), moment), services_of(request).pool
    wanted = Filters(kinds=tuple(kind), supplier_id=supplier, owner=owner)
    if moment is None:
        reading = renewals.stretch(pool, first, last, wanted, after=after, limit=limit)
    else:
        then = await lists(looking(request), pool, moment)
        reading = stretch(looking(request), pool, then, first, last, wanted, after=after, limit=limit)
    found = await placed(reading)
    return listing(request, [each.due.model_dump_json() for each in found.entries], found.after, etag)
