"""Renewals: what ends or is due, day by day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from projections import renewals
from projections.renewals import Due, Filters, Kind
from projections.renewals.schedule import SHOWN
from web.api.answers import After, Limit, Listing, documented, listing, placed, tag
from web.api.as_of import When, past_of
from web.api.callers import Caller
from web.context import services_of

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
    """Both days included; the next ninety days if none is named. As of a moment, of one supplier."""
    today = moment.day if moment else services_of(request).clock.now().date()
    first = since or today
    last = until or first + AHEAD
    if moment is not None:
        past = await past_of(request, supplier, moment)
        dates = (each for row in past.schedules for each in row.dates if each.kind in (kind or SHOWN))
        shown = sorted((each for each in dates if first <= each.on <= last), key=lambda each: (each.on, each.key))
        return listing(request, [each.model_dump_json() for each in shown], None)
    etag = await tag(request, (renewals.VIEW,))
    wanted = Filters(kinds=tuple(kind), supplier_id=supplier, owner=owner)
    found = await placed(renewals.stretch(services_of(request).pool, first, last, wanted, after=after, limit=limit))
    return listing(request, [each.due.model_dump_json() for each in found.entries], found.after, etag)
