"""The moment a request looks back to, and what was on the record then."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from fastapi import Request

from projections.asof import Looking, Moment, Past, Wanted, axis_of, wanted
from projections.asof.lists import Then, TooMuchThen, lists
from suppliers.errors import Refusal
from web.context import services_of
from web.looking.address import AS_OF, AXIS, without
from web.looking.refusals import NothingToSee, NotThen


def looking(request: Request) -> Looking:
    services = services_of(request)
    return Looking(services.pool, services.archive)


async def moment_of(request: Request) -> Moment | None:
    """What the address asks for; None is the present, which is also what today is."""
    if not hasattr(request.state, "moment"):
        request.state.moment = await _asked(request)
    moment: Moment | None = request.state.moment
    return moment


async def past_of(request: Request, supplier_id: UUID) -> Past | None:
    """The supplier as of the moment asked for; None when that is the present."""
    moment = await moment_of(request)
    if moment is None:
        return None
    past = (await looking(request).suppliers([supplier_id], moment))[supplier_id]
    if not past.there:
        raise NotThen(back=without(request))
    return past


async def then_of(request: Request) -> Then | None:
    """The lists as of the moment asked for; None when that is the present."""
    moment = await moment_of(request)
    if moment is None:
        return None
    try:
        return await lists(looking(request), services_of(request).pool, moment)
    except TooMuchThen as refusal:
        raise NothingToSee(refusal.sentence, back=without(request)) from refusal


async def _asked(request: Request) -> Moment | None:
    text = request.query_params.get(AS_OF, "").strip()
    if not text:
        return None
    now = services_of(request).clock.now()
    try:
        when = wanted(text)
        axis = axis_of(request.query_params.get(AXIS))
        return None if _is_today(when, now) else await looking(request).moment(when, axis, now=now)
    except Refusal as refusal:
        raise NothingToSee(refusal.sentence, back=without(request)) from refusal


def _is_today(when: Wanted, now: datetime) -> bool:
    return not isinstance(when, int | datetime) and when == now.date()
