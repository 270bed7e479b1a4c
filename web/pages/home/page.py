"""The first page after signing in."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from fastapi import APIRouter, Request
from starlette.responses import Response

from projections import register
from projections.asof.lists import Then
from projections.register.counts import Census
from projections.sources import LIVE
from suppliers.entitlement import WORKING_STAFF
from suppliers.ports import Role
from web.context import services_of, tallies_of
from web.looking.back import then_of
from web.page import render
from web.pages.activity.trail import Told, days, read, told
from web.pages.home.awaited import awaited_of
from web.pages.home.by_role import readers_for
from web.pages.home.queues import For, Queue, Reader
from web.pages.renewals.entries import calendar_of
from web.pages.suppliers.kpis import kpis
from web.services import Services
from web.staff import SignedIn, Staff

router = APIRouter()
LATEST = {True: 40, False: 12}
"""Entries of the trail: an auditor comes for them, the others glance at them."""


@router.get("/")
async def home(request: Request, staff: Staff) -> Response:
    then = await then_of(request)
    queues, census, latest = await asyncio.gather(
        _queues(staff.actor.roles, _for(request, staff, then)),
        _census(request, then),
        _latest(services_of(request), then, LATEST[staff.holds(Role.AUDITOR)]),
    )
    counts = census.counts()
    return render(
        request,
        "staff/home.html",
        counts=counts,
        kpis=kpis(counts),
        queues=[queue for queue in queues if queue.things],
        done=[queue for queue in queues if not queue.things],
        days=days(latest),
        works=not then and staff.holds(*WORKING_STAFF),
        administers=not then and staff.holds(Role.ADMINISTRATOR),
        first=staff.name.split(" ")[0],
    )


async def _queues(roles: frozenset[Role], given: For) -> Sequence[Queue]:
    """Two at a time: all at once they would take every connection that this process has."""
    free = asyncio.Semaphore(2)

    async def queue(reader: Reader) -> Queue:
        async with free:
            return await reader(given)

    return await asyncio.gather(*(queue(reader) for reader in readers_for(roles)))


async def _latest(services: Services, then: Then | None, limit: int) -> list[Told]:
    moment = then.moment if then else None
    return await told(services, await read(services, moment, limit=limit), moment)


def _for(request: Request, staff: SignedIn, then: Then | None) -> For:
    """Whoever is signed in, with the roles of today."""
    services = services_of(request)
    return For(
        pool=services.pool,
        me=staff.id,
        today=then.moment.day if then else services.clock.now().date(),
        everyone=staff.holds(Role.RISK_MANAGER),
        calendar=calendar_of(request, then),
        awaited=awaited_of(request, then),
        sources=then.sources if then else LIVE,
        legal=staff.holds(Role.LEGAL),
    )


async def _census(request: Request, then: Then | None) -> Census:
    if then is None:
        return await tallies_of(request).suppliers.now()
    return await register.census(services_of(request).pool, sources=then.sources)
