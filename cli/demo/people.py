"""The company's people join, and one leaves."""

from __future__ import annotations

from cli.demo.portfolio import colleagues
from cli.demo.world import World
from suppliers.people import EndAccess, RegisterStaff
from suppliers.ports import SYSTEM, Actor, Role

HOUSE = "tierce-demo.example"
LEAVES = ("former", -210, "Left the company.")


async def staff_joins(world: World) -> None:
    """The administrator by the command line, everybody else by the administrator."""
    for colleague in colleagues():
        id = world.names.id("staff", colleague.key)
        roles = frozenset({colleague.role} if colleague.role else ())
        by = world.staff.get("admin", SYSTEM)
        email = f"{colleague.key}@{HOUSE}"
        await world.issue(RegisterStaff(person_id=id, name=colleague.name, email=email, roles=roles), by)
        world.staff[colleague.key] = Actor(id=id, roles=roles)
        world.calendar.pass_seconds(70)


async def staff_leaves(world: World) -> None:
    key, day, reason = LEAVES
    await world.calendar.until(world.calendar.day(day, 16))
    leaver = world.staff.pop(key)
    await world.issue(EndAccess(person_id=leaver.id, reason=reason), world.holding(Role.ADMINISTRATOR)[0])
