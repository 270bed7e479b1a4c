"""The search box in the header: suppliers, and what they offer and we use."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import asyncpg
from fastapi import APIRouter, Request
from starlette.responses import Response

from projections import dossier, register
from projections.clauses import prefixes
from projections.register import Filters
from web.context import services_of
from web.page import go, render
from web.staff import Staff

router = APIRouter()
MOST = 20
LOOKED_AT, SOME = 60, 1_000
"""Dossiers: of a word that is in thousands of them, twenty things are shown anyway; so it is soon found in some."""
NAMED = f"""
WITH soon AS MATERIALIZED (
    SELECT key FROM (SELECT key, words FROM {dossier.VIEW.table} LIMIT {SOME}) AS some_of_them
     WHERE words @@ $1::tsquery LIMIT {LOOKED_AT}
), every AS MATERIALIZED (
    SELECT key FROM {dossier.VIEW.table}
     WHERE words @@ $1::tsquery AND (SELECT count(*) < {LOOKED_AT} FROM soon)
)
SELECT d.key AS supplier_id, r.name AS supplier_name, part.kind, item.key AS id,
       item.value AS name
  FROM (SELECT key FROM soon UNION SELECT key FROM every LIMIT {LOOKED_AT}) AS chosen
  JOIN {dossier.VIEW.table} AS d ON d.key = chosen.key JOIN {register.VIEW.table} AS r ON r.key = d.key
 CROSS JOIN (VALUES ('models', 'Model'), ('data_sources', 'Data source'), ('uses', 'Use')) AS part(field, kind)
 CROSS JOIN jsonb_each_text(d.names->part.field) AS item
 WHERE to_tsvector('simple', item.value) @@ $1::tsquery
 ORDER BY 5, 2 LIMIT $2
"""


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
        {"href": f"/suppliers/{UUID(row['supplier_id'])}/inventory#{row['id']}", **dict(row)}
        for row in await pool.fetch(NAMED, prefixes(text), MOST)
    ]
