"""The docket: what waits for a decision, on what risk, and what was decided lately."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from projections import docket
from projections.docket import ConditionState
from suppliers.entitlement import BUYERS, REVIEWERS
from web.context import services_of, tallies_of
from web.page import render
from web.pages.council.figures import SOON, figures
from web.pages.council.risk_map import risk_map
from web.pages.names import names_of
from web.pages.supplier.reading import heads
from web.staff import Staff

router = APIRouter()
LATELY = 8


@router.get("/council")
async def agenda(request: Request, staff: Staff) -> Response:
    services = services_of(request)
    pool, today = services.pool, services.clock.now().date()
    waiting = await docket.open_items(pool, today)
    conditions = await docket.conditions_due(pool, today + SOON)
    decided = await docket.decided(pool, limit=LATELY)
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
        kpis=await figures(tallies_of(request), waiting, conditions, today),
        rows=await risk_map(pool, services.policy.ref),
        heads=heads(),
        names=await names_of(pool, people),
        staff=staff,
        tables=staff.holds(*BUYERS, *REVIEWERS),
    )
