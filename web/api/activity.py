"""Activity: the facts on the record, without what they say of people."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from projections import activity
from projections.activity import Entry, Filters
from web.api.answers import Limit, Listing, documented, listing, tag
from web.api.as_of import When
from web.api.callers import Caller
from web.context import services_of

router = APIRouter(tags=["activity"])


class Fact(BaseModel):
    """That something happened: when, when it was recorded, by whom, to what. People are ids."""

    position: int
    at: datetime
    recorded_at: datetime
    fact: str
    record: UUID
    supplier_id: UUID | None
    actor: UUID | None


@router.get("/activity", responses=documented(Listing[Fact]))
async def facts(
    request: Request,
    caller: Caller,
    moment: When,
    kind: Annotated[list[str], Query(description="Supplier, Use, Assessment, …")] = [],  # noqa: B006
    supplier: UUID | None = None,
    actor: UUID | None = None,
    since: date | None = None,
    until: date | None = None,
    limit: Limit = 50,
    after: Annotated[int | None, Query(description="A position: what was recorded before it.")] = None,
) -> Response:
    """The latest first; as of a moment, what had been recorded by then."""
    etag = await tag(request, (activity.VIEW,), moment)
    services = services_of(request)
    before = min((each for each in (after, moment.position + 1 if moment else None) if each is not None), default=None)
    filters = Filters(kinds=tuple(kind), supplier_id=supplier, actor=actor, since=since, until=until)
    found = await activity.page(services.pool, services.archive, filters, before=before, limit=limit + 1)
    more = str(found[limit - 1].position) if len(found) > limit else None
    return listing(request, [_fact(each).model_dump_json() for each in found[:limit]], more, etag)


def _fact(entry: Entry) -> Fact:
    return Fact(
        position=entry.position,
        at=entry.at,
        recorded_at=entry.recorded_at,
        fact=entry.topic,
        record=entry.aggregate_id,
        supplier_id=entry.supplier_id,
        actor=entry.actor,
    )
