"""Decisions: what the council was asked, on what posture, and what it decided."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from projections import docket
from projections.docket import ReviewRow
from suppliers.errors import NoSuchRecord
from suppliers.review import ReviewState
from web.api.answers import After, Limit, Listing, documented, listing, one, placed, tag
from web.api.as_of import When, past_of, sources_of
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


@router.get("/decisions/{id}", responses=documented(ReviewRow))
async def decision(request: Request, caller: Caller, moment: When, id: UUID) -> Response:
    etag = await tag(request, (docket.VIEW,), moment)
    row = await docket.of(services_of(request).pool, id)
    if row is not None and moment is not None:
        row = (await past_of(request, row.supplier_id, moment)).review(id)
    if row is None:
        raise NoSuchRecord
    return one(row, etag)
