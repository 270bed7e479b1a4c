"""Assessments: every round of questions and where it stands."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from projections import assessments
from projections.assessments import AssessmentRow, Filters, Sort, Stage
from suppliers.errors import NoSuchRecord
from web.api.answers import After, Limit, Listing, documented, listing, one, placed, tag
from web.api.as_of import When, past_of, sources_of
from web.api.callers import Caller
from web.context import services_of

router = APIRouter(tags=["assessments"])


@router.get("/assessments", responses=documented(Listing[AssessmentRow]))
async def rounds(
    request: Request,
    caller: Caller,
    moment: When,
    stage: Annotated[list[Stage], Query()] = [],  # noqa: B006
    waits_for: Literal["vendor", "us"] | None = None,
    overdue: bool | None = None,
    supplier: UUID | None = None,
    sort: Sort = "due",
    limit: Limit = 50,
    after: After = None,
) -> Response:
    """By due date, or by what happened last."""
    etag = await tag(request, (assessments.VIEW,), moment)
    filters = Filters(stage=tuple(stage), waits_for=waits_for, overdue=overdue, supplier_id=supplier)
    sources = await sources_of(request, moment)
    page = await placed(
        assessments.page(services_of(request).pool, filters, sort=sort, after=after, limit=limit, sources=sources)
    )
    return listing(request, [each.assessment.model_dump_json() for each in page.rows], page.after, etag)


@router.get("/assessments/{id}", responses=documented(AssessmentRow))
async def round(request: Request, caller: Caller, moment: When, id: UUID) -> Response:
    etag = await tag(request, (assessments.VIEW,), moment)
    row = await assessments.of(services_of(request).pool, id)
    if row is not None and moment is not None:
        row = (await past_of(request, row.supplier_id, moment)).round(id)
    if row is None:
        raise NoSuchRecord
    return one(row, etag)
