"""Suppliers: the list as the page filters it, and one."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from pydantic_core import to_json
from starlette.responses import Response

from projections import posture, register
from projections.register import Filters, Line, Listed, Sort
from suppliers.errors import NoSuchRecord
from suppliers.posture import Band
from suppliers.supplier import Standing
from web.api.answers import After, Limit, Listing, documented, listing, one, placed, tag
from web.api.as_of import When, past_of, sources_of
from web.api.callers import Caller
from web.context import services_of, tallies_of

router = APIRouter(tags=["suppliers"])
VIEWS = (register.VIEW, posture.VIEW)


class Supplier(BaseModel):
    """A supplier with its posture; people are ids."""

    id: UUID
    version: int
    name: str
    legal_name: str
    country: str
    website: str
    registration_number: str
    standing: Standing
    since: datetime
    standing_reason: str
    owner: UUID | None
    contact: UUID | None
    sanctions_clean: bool | None
    models: int
    data_sources: int
    uses: int
    proposed_at: datetime
    changed_at: datetime
    tier: int | None
    band: Band | None
    score: float | None
    confidence: float | None


@router.get("/suppliers", responses=documented(Listing[Supplier]))
async def suppliers(
    request: Request,
    caller: Caller,
    moment: When,
    q: str = "",
    standing: Annotated[list[Standing], Query()] = [],  # noqa: B006
    tier: Annotated[list[int], Query()] = [],  # noqa: B006
    band: Annotated[list[Band], Query()] = [],  # noqa: B006
    owner: UUID | None = None,
    sort: Sort = "name",
    limit: Limit = 50,
    after: After = None,
) -> Response:
    """Every supplier, filtered and ordered as on the page; `q` looks for words of names, countries and numbers."""
    etag = await tag(request, VIEWS, moment)
    filters = Filters(search=q, standing=tuple(standing), tier=tuple(tier), band=tuple(band), owner=owner)
    sources = await sources_of(request, moment)
    few = moment is None and (await tallies_of(request).suppliers.now()).few(filters)
    page = await placed(
        register.page(services_of(request).pool, filters, sort=sort, after=after, limit=limit, few=few, sources=sources)
    )
    return listing(request, [_listed(each) for each in page.rows], page.after, etag)


@router.get("/suppliers/{supplier_id}", responses=documented(Supplier))
async def supplier(request: Request, caller: Caller, moment: When, supplier_id: UUID) -> Response:
    etag, pool = await tag(request, VIEWS, moment), services_of(request).pool
    if moment is None:
        line, kept = await register.of(pool, supplier_id), await posture.of(pool, supplier_id)
    else:
        past = await past_of(request, supplier_id, moment)
        line, kept = past.line, past.posture
    if line is None:
        raise NoSuchRecord
    stand = kept.worst_use.stand if kept and kept.worst_use else None
    listed = Listed(
        line=line,
        tier=kept.tier if kept else None,
        band=stand.band if stand else None,
        score=stand.residual if stand else None,
        confidence=stand.confidence if stand else None,
    )
    return one(_listed(listed), etag)


def _listed(each: Listed) -> str:
    """A `Supplier` as JSON: what a line holds was checked when it was read."""
    judged = to_json({"tier": each.tier, "band": each.band, "score": each.score, "confidence": each.confidence})
    return f"{each.line.model_dump_json(include=LINE)[:-1]},{judged.decode()[1:]}"


LINE = Supplier.model_fields.keys() & Line.model_fields.keys()
