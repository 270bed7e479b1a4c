"""The first page after signing in."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request
from starlette.responses import Response

from projections import activity
from suppliers.entitlement import WORKING_STAFF
from suppliers.ports import Role
from web.context import services_of, tallies_of
from web.page import render
from web.pages.activity.trail import days, told
from web.pages.home.by_role import readers_for
from web.pages.home.queues import For
from web.pages.suppliers.kpis import kpis
from web.staff import Staff

router = APIRouter()
LATEST = {True: 40, False: 12}
"""Entries of the trail: an auditor comes for them, the others glance at them."""


@router.get("/")
async def home(request: Request, staff: Staff) -> Response:
    services = services_of(request)
    given = For(
        services.pool, staff.id, services.clock.now().date(), staff.holds(Role.RISK_MANAGER), staff.holds(Role.LEGAL)
    )
    queues = await asyncio.gather(*(reader(given) for reader in readers_for(staff.actor.roles)))
    counts = (await tallies_of(request).suppliers.now()).counts()
    latest = await activity.page(services.pool, services.archive, limit=LATEST[staff.holds(Role.AUDITOR)])
    return render(
        request,
        "staff/home.html",
        counts=counts,
        kpis=kpis(counts),
        queues=[queue for queue in queues if queue.things],
        done=[queue for queue in queues if not queue.things],
        days=days(await told(services.pool, latest)),
        works=staff.holds(*WORKING_STAFF),
        administers=staff.holds(Role.ADMINISTRATOR),
        first=staff.name.split(" ")[0],
    )
