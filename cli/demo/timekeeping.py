"""The demo's timekeeper: every morning it orders what is due, by the schedule and under the ids of the real one."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import uuid5

from cli.demo.world import World
from projections.renewals import Due
from suppliers.errors import Refusal
from suppliers.governance import ReassessPosture
from suppliers.ports import SYSTEM
from workers.courier import ORDERS
from workers.timekeeper import ORDER

MORNING = time(7, 1)
AGEING_EVERY = 28  # days: judging every posture takes long, and some weeks late is soon enough for a past


async def keep_time(world: World) -> None:
    """From the first day to the last evening."""
    day = world.calendar.now().date()
    while True:
        day += timedelta(days=1)
        await world.calendar.until(datetime.combine(day, MORNING, tzinfo=world.calendar.end.tzinfo))
        for each in list(world.views.due(world.calendar.now())):
            await _order(world, each)
        if (world.calendar.today - day).days % AGEING_EVERY == 1:
            await _reassess(world)


async def _order(world: World, each: Due) -> None:
    occasion = f"{each.key}@{each.due_at.isoformat()}"
    try:
        await world.office.issue(ORDER[each.kind](each), actor=SYSTEM, command_id=uuid5(ORDERS, occasion))
    except Refusal:
        return  # somebody was faster


async def _reassess(world: World) -> None:
    on = world.calendar.now().date()
    for use_id in list(world.views.worsened(world.suppliers, world.calendar.now())):
        command = ReassessPosture(use_id=use_id, on=on)
        occasion = f"posture_ageing:{use_id}:{on.isoformat()}"
        await world.office.issue(command, actor=SYSTEM, command_id=uuid5(ORDERS, occasion))
