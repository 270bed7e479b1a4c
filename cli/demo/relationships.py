"""A supplier's own story: proposed, onboarded, and what happens to the relationship later."""

from __future__ import annotations

from uuid import UUID

from cli.demo.matter import Matter, made_known, mailbox
from cli.demo.portfolio import Step, SupplierPlan
from cli.demo.world import World
from suppliers.intake import RetireUse
from suppliers.inventory import RetireModel, RetireSource
from suppliers.onboarding import (
    AssignOwner,
    CheckSanctions,
    CompleteOffboarding,
    ContactDetails,
    CorrectSupplier,
    DeclineSupplier,
    NameContact,
    ProposeAgain,
    ProposeSupplier,
    ReinstateSupplier,
    StartOffboarding,
    StartOnboarding,
    SuspendSupplier,
)
from suppliers.ports import Role
from suppliers.supplier import Supplier, SupplierDetails


async def become_known(world: World, plan: SupplierPlan) -> None:
    """Proposed by whoever wants it; procurement completes what onboarding needs."""
    id, contact = made_known(world, plan)
    asks, buyer = world.staff.get(plan.asks) or world.holding(Role.PROCUREMENT)[0], world.holding(Role.PROCUREMENT)[0]
    world.suppliers.append(id)
    await world.issue(ProposeSupplier(supplier_id=id, details=details(plan)), asks)
    if not plan.onboards:
        return
    chance = world.names.chance("onboarding", plan.key)
    await world.calendar.until(world.calendar.later(chance.randint(1, 4), 10))
    named = ContactDetails(name=plan.contact, email=f"{mailbox(plan.contact)}@{plan.domain}")
    await world.issue(NameContact(supplier_id=id, contact_id=contact.id, contact=named), buyer)
    await world.issue(AssignOwner(supplier_id=id, owner=world.staff[plan.owner or plan.asks].id), buyer)
    await world.calendar.until(world.calendar.later(chance.randint(0, 2), 15))
    note = "EU, UN, US and UK lists of today; no hit."
    await world.issue(CheckSanctions(supplier_id=id, clean=True, note=note), world.seat(Role.LEGAL))
    await world.issue(StartOnboarding(supplier_id=id), buyer)


def details(plan: SupplierPlan) -> SupplierDetails:
    return SupplierDetails(
        name=plan.name,
        legal_name=plan.legal,
        country=plan.country,
        website=f"https://{plan.domain}",
        registration_number=plan.number,
    )


async def go_on(world: World, plan: SupplierPlan, matters: list[Matter]) -> None:
    """The later steps, each on its day."""
    id, _ = made_known(world, plan)
    for step in plan.steps:
        at = world.calendar.any_day if step.do == "suspend" else world.calendar.day
        await world.calendar.until(at(step.day, 10.5))
        await act(world, plan, step, id, matters)


async def act(world: World, plan: SupplierPlan, step: Step, id: UUID, matters: list[Matter]) -> None:
    buyer = world.holding(Role.PROCUREMENT)[0]
    match step.do:
        case "suspend":
            await world.issue(SuspendSupplier(supplier_id=id, reason=step.reason), world.seat(Role.SECURITY))
        case "reinstate":
            await world.issue(ReinstateSupplier(supplier_id=id, reason=step.reason), world.seat(Role.SECURITY))
        case "decline":
            await world.issue(DeclineSupplier(supplier_id=id, reason=step.reason), buyer)
        case "propose_again":
            await world.issue(ProposeAgain(supplier_id=id, reason=step.reason), buyer)
        case "sanctions_unclear":
            await world.issue(CheckSanctions(supplier_id=id, clean=False, note=step.reason), world.seat(Role.LEGAL))
        case "rename":
            now = (await world.load(Supplier, id)).details.model_copy(update={"legal_name": step.name})
            await world.issue(CorrectSupplier(supplier_id=id, details=now), buyer)
        case "leave":
            await world.issue(StartOffboarding(supplier_id=id, exit_plan=step.reason), buyer)
        case "left":
            await _end(matters)
            certificate = f"Deletion certificate of {plan.legal}, all regions, backups included."
            await world.issue(CompleteOffboarding(supplier_id=id, access_removed=True, certificate=certificate), buyer)
        case _:
            raise ValueError(f"{plan.key}: no such step {step.do}")


async def _end(matters: list[Matter]) -> None:
    """What we no longer use is retired, uses first."""
    for matter in matters:
        buyer, reason = matter.world.holding(Role.PROCUREMENT)[0], "The relationship ends; a successor is in place."
        await matter.world.issue(RetireUse(use_id=matter.use_id, reason=reason), buyer)
    for id, kind in {matter.subject_id: matter.kind for matter in matters}.items():
        retire = (
            RetireModel(model_id=id, reason="No use is left.")
            if kind.value == "vendor_model"
            else RetireSource(source_id=id, reason="No use is left.")
        )
        await matters[0].world.issue(retire, matters[0].world.holding(Role.PROCUREMENT)[0])
