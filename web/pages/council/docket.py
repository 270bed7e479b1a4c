"""The docket: what waits for a decision, on what risk, and what was decided lately."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from projections import docket, posture
from projections.asof.lists import worst as worst_then
from projections.docket import ConditionState
from projections.sources import LIVE
from suppliers.entitlement import BUYERS, REVIEWERS
from web.context import services_of
from web.looking.back import looking, then_of
from web.page import render
from web.pages.council.figures import SOON, figures, weights
from web.pages.council.risk_map import MOST, risk_map
from web.pages.names import names_of
from web.pages.supplier.reading import heads
from web.staff import Staff

router = APIRouter()
LATELY = 8


@router.get("/council")
async def agenda(request: Request, staff: Staff) -> Response:
    services = services_of(request)
    then = await then_of(request)
    sources = then.sources if then else LIVE
    pool, today = services.pool, then.moment.day if then else services.clock.now().date()
    waiting = await docket.open_items(pool, today, sources=sources)
    conditions = await docket.conditions_due(pool, today + SOON, sources=sources)
    decided = await docket.decided(pool, limit=LATELY, sources=sources)
    worst = (
        await worst_then(looking(request), pool, then, limit=MOST) if then else await posture.worst(pool, limit=MOST)
    )
    promises = [
        (item, each)
        for item in conditions
        for each in item.review.conditions
        if each.state is ConditionState.OPEN and each.due_on <= today + SOON
    ]
    people = {each.review.decided_by for each in decided} | {each.owner for _, each in promises}
    people |= {person for each in waiting for person in each.review.barred}
    return render(
        request,
        "staff/council/docket.html",
        waiting=waiting,
        decided=decided,
        promises=sorted(promises, key=lambda pair: pair[1].due_on),
        kpis=figures(await weights(request, then), waiting, conditions, today),
        rows=risk_map(worst, services.policy.ref),
        heads=heads(),
        names=await names_of(request, people),
        staff=staff,
        tables=not then and staff.holds(*BUYERS, *REVIEWERS),
    )
