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
from projections.asof.trail import trail
from web.api.answers import Limit, Listing, documented, listing, tag
from web.api.as_of import When
from web.api.callers import Caller
from web.context import services_of

router = APIRouter(tags=["activity"])


class Fact(BaseModel):
    """That something happened: when, when it was recorded, by whom, to what. People are ids. Of a fact that is not
    `readable`, because another release wrote it or it was damaged, `at` is when it was recorded."""

    position: int
    at: datetime
    recorded_at: datetime
    fact: str
    record: UUID
    supplier_id: UUID | None
    actor: UUID | None
    readable: bool


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
    """The latest recorded first; as of a moment, what had been recorded or had happened by then."""
    services = services_of(request)
    head = None if moment else await services.archive.head()
    etag = await tag(request, (activity.VIEW,), moment, head=head)
    filters = Filters(kinds=tuple(kind), supplier_id=supplier, actor=actor, since=since, until=until)
    if moment is None:
        found = await activity.page(services.pool, services.archive, filters, before=after, limit=limit + 1)
    else:
        found = await trail(services.pool, services.archive, moment, filters, before=after, limit=limit + 1)
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
        readable=entry.legible,
    )
