"""The search box in the header: suppliers, and what they offer and we use."""

from __future__ import annotations

from typing import Any

import asyncpg
from fastapi import APIRouter, Request
from starlette.responses import Response

from projections import names, register
from projections.names import Kind
from projections.register import Filters
from web.context import services_of
from web.page import go, render
from web.staff import Staff

router = APIRouter()
MOST = 20
KINDS = {Kind.MODEL: "Model", Kind.DATA_SOURCE: "Data source", Kind.USE: "Use"}


@router.get("/search")
async def search(request: Request, staff: Staff, q: str = "") -> Response:
    """One supplier and nothing else: its page. Otherwise everything that fits."""
    pool, wanted = services_of(request).pool, q.strip()
    if not wanted:
        return go(request, "/suppliers")
    page = await register.page(pool, Filters(search=wanted), limit=MOST)
    items = await named(pool, wanted)
    if len(page.rows) == 1 and not items:
        return go(request, f"/suppliers/{page.rows[0].line.id}")
    return render(request, "staff/search.html", q=wanted, rows=page.rows, more=page.after is not None, items=items)


async def named(pool: asyncpg.Pool[Any], text: str) -> list[dict[str, Any]]:
    """Models, data sources and uses with a word that begins with each word typed."""
    return [
        {"href": f"/suppliers/{each.supplier_id}/inventory#{each.id}", "kind": KINDS[each.kind], "name": each.name,
         "supplier_name": each.supplier_name}
        for each in await names.things(pool, text, limit=MOST)
    ]  # fmt: skip
