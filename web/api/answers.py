"""Answers: one thing or some of a list, with the way to the next, and unchanged as long as the views are."""

from __future__ import annotations

from collections.abc import Awaitable, Iterable, Sequence
from typing import Annotated, Any, Generic, TypeVar
from urllib.parse import urlencode

import asyncpg
from fastapi import Query, Request
from pydantic import BaseModel
from pydantic_core import to_json
from starlette.responses import Response

from projections import storage
from projections.asof import Moment
from projections.view import View
from web.context import services_of
from web.problems import Detail, Problem

T = TypeVar("T", bound=BaseModel)
P = TypeVar("P")
JSON = "application/json"
MOST = 200
Limit = Annotated[int, Query(ge=1, le=MOST, description="How many at once.")]
After = Annotated[str | None, Query(description="From `next` of the page before; nothing else is meant to be given.")]


class Listing(BaseModel, Generic[T]):
    """Some of a list; `next` is the address of what follows, null at the end."""

    items: list[T]
    next: str | None


def documented(model: Any) -> dict[int | str, dict[str, Any]]:
    """Responses as the OpenAPI document shows them."""
    wrong = {"model": Detail, "content": {"application/problem+json": {}}}
    return {200: {"model": model}, 401: wrong, 404: wrong, 422: wrong, 429: wrong}


async def tag(
    request: Request, views: Iterable[View[Any]], moment: Moment | None = None, *, head: int | None = None
) -> str:
    """Names the state of the views, and of the log for what is read from there; raises `Unchanged` when the caller has
    it already."""
    reached = await storage.positions(services_of(request).pool, views)
    reached |= {} if head is None else {"log": head}
    at = f"@{moment.position}:{moment.axis.value}" if moment else ""
    value = 'W/"' + "-".join(f"{name}.{position}" for name, position in reached.items()) + at + '"'
    if value in (each.strip() for each in request.headers.get("If-None-Match", "").split(",")):
        raise Problem(304, "", "", {"ETag": value})
    return value


async def placed(page: Awaitable[P]) -> P:
    """There is nothing after a place that somebody made up."""
    try:
        return await page
    except (ValueError, asyncpg.DataError) as nonsense:
        raise Problem(422, "No such place", "`after` is what `next` of the page before says.") from nonsense


def listing(request: Request, items: Sequence[str], after: str | None, etag: str = "") -> Response:
    """Items that are JSON already."""
    headers = {"Cache-Control": "private, no-cache"} | ({"ETag": etag} if etag else {})
    next: str | None = None
    if after is not None:
        kept = [(name, value) for name, value in request.query_params.multi_items() if name != "after"]
        next = f"{request.url.path}?{urlencode([*kept, ('after', after)])}"
        headers["Link"] = f'<{next}>; rel="next"'
    told = f'{{"items":[{",".join(items)}],"next":{to_json(next).decode()}}}'
    return Response(told, headers=headers, media_type=JSON)


def one(item: BaseModel | str, etag: str = "") -> Response:
    """It may be JSON already."""
    headers = {"Cache-Control": "private, no-cache"} | ({"ETag": etag} if etag else {})
    told = item if isinstance(item, str) else item.model_dump_json()
    return Response(told, headers=headers, media_type=JSON)
