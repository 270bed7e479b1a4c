"""All suppliers: what stands worst first, in pages, and as a file."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any

import asyncpg
from fastapi import APIRouter, Request
from starlette.responses import Response

from projections import register
from projections.asof.lists import Then, trends
from projections.names import Suppliers
from projections.register import Census, Line, Listed, Page
from projections.sources import LIVE
from suppliers.errors import NoSuchRecord
from web.context import is_htmx, services_of, tallies_of
from web.figures import plural
from web.looking.back import then_of
from web.page import fragment, render
from web.pages.countries import country_name
from web.pages.exports import csv_response
from web.pages.names import named, staff_named
from web.pages.suppliers.filters import ME, Asked, asked, chips
from web.pages.suppliers.kpis import kpis
from web.staff import Staff

router = APIRouter()
TEMPLATE = "staff/suppliers.html"
HEADS = ("Name", "Legal name", "Country", "Website", "Registration number", "Standing", "Since", "Owner", "Tier",
         "Band", "Residual score", "Confidence", "Models", "Data sources", "Uses", "Proposed at")  # fmt: skip


@router.get("/suppliers")
async def suppliers(request: Request, staff: Staff, after: str | None = None) -> Response:
    """The list; asked by htmx for more, only the next rows."""
    pool, wanted = services_of(request).pool, asked(request, staff.id)
    then = await then_of(request)
    now = register.census(pool, sources=then.sources) if then else tallies_of(request).suppliers.now()
    census, owners = await asyncio.gather(now, staff_named(request))
    rows_only = is_htmx(request) and after
    few, meant = census.few(wanted.filters), None if then else await register.searched(pool, wanted.filters.search)
    page, found = await asyncio.gather(
        _page(pool, wanted, after, then, few=few, meant=meant),
        _found(pool, wanted, then, meant) if wanted.filters.search and not rows_only else _same(census),
    )
    rows = await _rows(request, page.rows, then)
    more = wanted.href(after=page.after) if page.after else ""
    if rows_only:
        return fragment(request, TEMPLATE, "rows", "more", rows=rows, more=more, shown=None, number=None, oob=True)
    everything = census.counts()
    owner = owners.get(wanted.filters.owner, "Unknown person") if wanted.filters.owner else ""
    return render(
        request,
        TEMPLATE,
        rows=rows,
        more=more,
        shown=len(rows) if not after else None,
        number=None if found.cut else found.total(wanted.filters),
        oob=False,
        asked=wanted,
        counts=everything,
        facets=(census if found.cut else found).counts(wanted.filters),
        exact=not found.cut,
        least=register.MOST,
        kpis=kpis(everything),
        chips=chips(wanted, owner),
        owners=[(ME, "Mine"), *((str(id), name) for id, name in owners.items() if id != staff.id)],
    )


@router.get("/suppliers.csv")
async def export(request: Request, staff: Staff) -> Response:
    """Everything the filters leave, as a file."""
    return csv_response("suppliers", HEADS, _export(request, asked(request, staff.id), await then_of(request)))


async def _found(pool: asyncpg.Pool[Any], wanted: Asked, then: Then | None, meant: Suppliers | None) -> Census:
    """Those that the search finds, counted while the page is read."""
    sources = then.sources if then else LIVE
    search, owner = wanted.filters.search, wanted.filters.owner
    return await register.census(pool, search, owner=owner, found=meant, sources=sources)


async def _same(census: Census) -> Census:
    return census


async def _rows(request: Request, listed: Sequence[Listed], then: Then | None) -> list[dict[str, Any]]:
    """The page's suppliers with their owners' names and trends."""
    pool, names = services_of(request).pool, await named(request, [each.line.owner for each in listed])
    ids = [each.line.id for each in listed]
    moved = await trends(pool, ids, then) if then else await register.trends(pool, ids)
    return [
        {"line": each.line, "tier": each.tier, "band": each.band, "score": each.score, "confidence": each.confidence,
         "owner": names.get(each.line.owner, "") if each.line.owner else "", "trend": moved.get(each.line.id, []),
         "holds": _holds(each.line)}
        for each in listed
    ]  # fmt: skip


def _holds(line: Line) -> str:
    """What is in its inventory, in numbers."""
    counted = ((line.models, "model"), (line.data_sources, "data source"), (line.uses, "use"))
    return ", ".join([plural(number, one) for number, one in counted if number])


async def _export(request: Request, wanted: Asked, then: Then | None) -> AsyncIterator[tuple[object, ...]]:
    pool = services_of(request).pool
    after: str | None = None
    while True:
        page = await _page(pool, wanted, after, then, limit=500)
        names = await named(request, [each.line.owner for each in page.rows])
        for each in page.rows:
            line = each.line
            yield (line.name, line.legal_name, country_name(line.country), line.website, line.registration_number,
                   line.standing.value, line.since, names.get(line.owner, "") if line.owner else "", each.tier,
                   each.band.value if each.band else "", each.score, each.confidence, line.models, line.data_sources,
                   line.uses, line.proposed_at)  # fmt: skip
        after = page.after
        if after is None:
            return


async def _page(
    pool: asyncpg.Pool[Any],
    wanted: Asked,
    after: str | None,
    then: Then | None,
    *,
    limit: int = 50,
    few: bool = False,
    meant: Suppliers | None = None,
) -> Page:
    """A page of the list; there is none after a place that somebody made up."""
    try:
        sources = then.sources if then else LIVE
        return await register.page(
            pool, wanted.filters, sort=wanted.sort, after=after, limit=limit, few=few, found=meant, sources=sources
        )
    except ValueError as nonsense:
        raise NoSuchRecord from nonsense
