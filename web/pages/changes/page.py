"""The pages of what changed."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from projections import register
from projections.asof.between import between, moved
from projections.asof.lists import TooMuchThen, lists
from suppliers.errors import NoSuchRecord
from web.context import services_of
from web.looking.back import looking
from web.page import render
from web.pages.activity.trail import days, told
from web.pages.changes.asked import Span, span_of
from web.pages.supplier.tabs import ONE
from web.staff import Staff

router = APIRouter()
MOST = 200


@router.get(ONE + "/changes")
async def of_supplier(request: Request, staff: Staff, supplier_id: UUID) -> Response:
    """What happened between two days, and how its postures moved."""
    services, span = services_of(request), await span_of(request)
    line = await register.of(services.pool, supplier_id)
    if line is None:
        raise NoSuchRecord
    found, trail = None, []
    if span.moments:
        before, after = [(await looking(request).suppliers([supplier_id], each))[supplier_id] for each in span.moments]
        found = between(before, after)
        trail = days(await told(services, found.entries, span.moments[1]))
    return render(
        request, "staff/changes/supplier.html", line=line, span=span, found=found, days=trail, here=request.url.path
    )


@router.get("/changes")
async def of_all(request: Request, staff: Staff) -> Response:
    """The suppliers whose standing, tier or band is another."""
    span = await span_of(request)
    found = []
    if span.moments:
        pool = services_of(request).pool
        try:
            before, after = [await lists(looking(request), pool, each) for each in span.moments]
            found = await moved(pool, before, after, limit=MOST + 1)
        except TooMuchThen as refusal:
            span = Span(span.first, span.last, span.axis, None, refusal.sentence)
    return render(
        request, "staff/changes/all.html", span=span, found=found[:MOST], more=len(found) > MOST, here="/changes"
    )
