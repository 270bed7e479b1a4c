"""Decisions: what the council was asked, on what posture, and what it decided."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from projections import docket
from projections.docket import ReviewRow
from suppliers.review import ReviewState
from web.api.answers import After, Limit, Listing, documented, listing, placed, tag
from web.api.as_of import When, sources_of
from web.api.callers import Caller
from web.context import services_of

router = APIRouter(tags=["decisions"])


@router.get("/decisions", responses=documented(Listing[ReviewRow]))
async def decisions(
    request: Request,
    caller: Caller,
    moment: When,
    state: ReviewState | None = None,
    supplier: UUID | None = None,
    limit: Limit = 50,
    after: After = None,
) -> Response:
    """The latest question first, with its answer once there is one."""
    etag = await tag(request, (docket.VIEW,), moment)
    sources = await sources_of(request, moment)
    found = await placed(
        docket.listed(
            services_of(request).pool, state=state, supplier_id=supplier, after=after, limit=limit, sources=sources
        )
    )
    return listing(request, [each.model_dump_json() for each in found.rows], found.after, etag)
