"""All assessments: a board by stage, or a list."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from projections import assessments
from projections.sources import LIVE
from suppliers.entitlement import BUYERS
from suppliers.errors import NoSuchRecord
from web.context import services_of
from web.looking.back import then_of
from web.page import render
from web.pages.assessments.asked_for import AskedFor, asked_for
from web.pages.assessments.columns import BY_KEY, COLUMNS, filled
from web.staff import Staff

router = APIRouter()
STAGES = tuple((column.key, column.title) for column in COLUMNS)


@router.get("/assessments")
async def board(request: Request, staff: Staff) -> Response:
    asked = asked_for(request, staff.id)
    if asked.as_list:
        return await _list(request, asked)
    services, then = services_of(request), await then_of(request)
    sources = then.sources if then else LIVE
    now = then.moment.until if then else services.clock.now()
    wanted = asked.filters if then else await assessments.searched(services.pool, asked.filters)
    columns = await filled(services.pool, wanted, now, sources=sources)
    return render(
        request,
        "staff/assessments/board.html",
        asked=asked,
        columns=columns,
        total=sum(len(each.cards) for each in columns),
        stages=STAGES,
        buys=not then and staff.holds(*BUYERS),
    )


async def _list(request: Request, asked: AskedFor) -> Response:
    column, then, pool = BY_KEY.get(asked.stage), await then_of(request), services_of(request).pool
    try:
        page = await assessments.page(
            pool,
            asked.filters if then else await assessments.searched(pool, asked.filters),
            sort=column.sort if column else "due",
            after=asked.after,
            sources=then.sources if then else LIVE,
        )
    except ValueError as nonsense:  # a place in the list that somebody made up
        raise NoSuchRecord from nonsense
    cards = [card for card in page.rows if column is None or column.keeps(card)]
    return render(request, "staff/assessments/list.html", asked=asked, cards=cards, after=page.after, stages=STAGES)
