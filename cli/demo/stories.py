"""Tells a supplier's plan: what it is, what it sells, what we use it for, and every step on its day."""

from __future__ import annotations

from uuid import UUID

from cli.demo.attesting import attest, keep
from cli.demo.deciding import decide
from cli.demo.fitting import class_of, intake_of
from cli.demo.matter import Matter, made_known
from cli.demo.portfolio import ModelPlan, SourcePlan, Step, SupplierPlan, UsePlan
from cli.demo.relationships import become_known, go_on
from cli.demo.rounds import assess
from cli.demo.subjects import change, register
from cli.demo.world import World
from suppliers.intake import ConfirmClass, DescribeUse, OverrideTier
from suppliers.ports import Actor, Role
from suppliers.use import SubjectKind


async def supply(world: World, plan: SupplierPlan) -> None:
    """From the day somebody wanted this supplier."""
    await world.calendar.until(world.calendar.day(plan.since, 9 + world.names.chance(plan.key).random() * 7))
    asks = world.staff.get(plan.asks) or world.holding(Role.PROCUREMENT)[0]
    await become_known(world, plan)
    supplier_id, contact = made_known(world, plan)
    matters: list[Matter] = []
    for subject in plan.subjects:
        subject_id = await register(world, subject, supplier_id, asks)
        world.calendar.begin(change(world, plan, subject, subject_id))
        for use in subject.uses:
            matter = _matter(world, plan, subject, use, subject_id, contact, asks)
            matters.append(matter)
            world.calendar.begin(use_it(matter))
    world.calendar.begin(go_on(world, plan, matters))
    for paper in plan.papers:
        world.calendar.begin(_extra(matters[0], paper))


def _matter(
    world: World,
    plan: SupplierPlan,
    subject: ModelPlan | SourcePlan,
    use: UsePlan,
    subject_id: UUID,
    contact: Actor,
    asks: Actor,
) -> Matter:
    return Matter(
        world=world,
        supplier=plan,
        subject=subject,
        use=use,
        supplier_id=world.names.id("supplier", plan.key),
        subject_id=subject_id,
        use_id=world.names.id("use", subject.key, use.title),
        requester=asks,
        contact=contact,
        dice=world.names.chance("use", subject.key, use.title),
    )


async def use_it(matter: Matter) -> None:
    """Described, rated, its class confirmed by legal, then step after step."""
    world, use = matter.world, matter.use
    day = world.calendar.day(use.day, 10) if use.day is not None else world.calendar.later(2, 10)
    await world.calendar.until(day)
    await world.issue(_described(matter), matter.requester)
    if use.factors and use.eu != "unclassified":
        await world.calendar.until(world.calendar.later(matter.dice.randint(1, 4), 14))
        await world.issue(ConfirmClass(use_id=matter.use_id), world.seat(Role.LEGAL))
    for step in use.steps:
        await world.calendar.until(world.calendar.day(step.day, 9 + 2 * matter.dice.random()))
        await _step(matter, step)


def _described(matter: Matter) -> DescribeUse:
    """With the intake at once, or only the wish."""
    use = matter.use
    return DescribeUse(
        use_id=matter.use_id,
        subject_id=matter.subject_id,
        subject_kind=SubjectKind(matter.kind),
        title=use.title,
        purpose=use.purpose,
        intake=intake_of(use, matter.supplier, matter.subject) if use.factors else None,
        classification=class_of(use) if use.factors else None,
    )


async def _step(matter: Matter, step: Step) -> None:
    world = matter.world
    match step.do:
        case "assess":
            await attest(matter)
            await assess(matter, step)
        case "approve" | "condition" | "reject" | "suspend" | "withdraw_review":
            await decide(matter, step)
        case "raise_tier":
            command = OverrideTier(use_id=matter.use_id, tier=step.after, reason=step.reason)
            await world.issue(command, world.holding(Role.RISK_MANAGER)[0])
        case _:
            raise ValueError(f"{matter.supplier.key}: no such step of a use: {step.do}")


async def _extra(matter: Matter, paper: Step) -> None:
    await matter.world.calendar.until(matter.world.calendar.day(paper.day, 10))
    await keep(matter, paper.name, paper.stops)
