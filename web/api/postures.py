"""Postures: how much risk is left at each supplier, and why."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from projections import posture
from projections.posture.ranking import Ranked, ranked
from suppliers.errors import NoSuchRecord
from web.api.answers import After, Limit, Listing, documented, listing, one, placed, tag
from web.api.as_of import When, past_of, sources_of
from web.api.callers import Caller
from web.api.explained import Explained
from web.context import services_of

router = APIRouter(tags=["postures"])


class Posture(Ranked):
    """Of the supplier's worst active use."""


@router.get("/postures", responses=documented(Listing[Posture]))
async def postures(request: Request, caller: Caller, moment: When, limit: Limit = 50, after: After = None) -> Response:
    """All, the worst first; suppliers without a rated use come last."""
    etag = await tag(request, (posture.VIEW,), moment)
    page = await placed(
        ranked(services_of(request).pool, after=after, limit=limit, sources=await sources_of(request, moment))
    )
    return listing(request, [each.model_dump_json() for each in page.rows], page.after, etag)


@router.get("/postures/{supplier_id}", responses=documented(Explained))
async def explained(request: Request, caller: Caller, moment: When, supplier_id: UUID) -> Response:
    """One, use by use, with what each is judged by."""
    etag = await tag(request, (posture.VIEW,), moment)
    if moment is None:
        kept = await posture.of(services_of(request).pool, supplier_id)
    else:
        kept = (await past_of(request, supplier_id, moment)).posture
    if kept is None:
        raise NoSuchRecord
    return one(Explained.model_validate(kept), etag)
