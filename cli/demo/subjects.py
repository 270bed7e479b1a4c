"""What a supplier sells us: taken into the inventory, and what becomes of it (versions, hosting, terms, deliveries)."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from cli.demo.portfolio import ModelPlan, SourcePlan, Step, SupplierPlan
from cli.demo.world import World
from suppliers.inventory import (
    AdoptVersion,
    AnnounceVersion,
    ChangeTrainingTerms,
    ChangeUpstream,
    MoveHosting,
    ReceiveRelease,
    RegisterDataSource,
    RegisterVendorModel,
    ReviseSource,
)
from suppliers.ports import Actor, Role
from suppliers.vendor_model import ModelDetails, TrainsOnOurData


async def register(world: World, plan: ModelPlan | SourcePlan, supplier_id: UUID, by: Actor) -> UUID:
    """Its id in the inventory."""
    id = world.names.id("subject", plan.key)
    if isinstance(plan, SourcePlan):
        await world.issue(RegisterDataSource(source_id=id, supplier_id=supplier_id, details=plan.details), by)
        return id
    described = ModelDetails(
        name=plan.name,
        version=plan.version,
        supply_kind=plan.supply,
        upstream_model=plan.upstream,
        hosting_region=plan.region,
        trains_on_our_data=plan.trains,
    )
    await world.issue(RegisterVendorModel(model_id=id, supplier_id=supplier_id, details=described), by)
    return id


async def change(world: World, supplier: SupplierPlan, plan: ModelPlan | SourcePlan, id: UUID) -> None:
    """The steps of a subject, each on its day."""
    for step in plan.steps:
        await world.calendar.until(world.calendar.day(step.day, 11))
        if isinstance(plan, SourcePlan):
            await _change_source(world, plan, step, id)
        else:
            await _change_model(world, step, id)


async def _change_model(world: World, step: Step, id: UUID) -> None:
    keeper, today = world.seat(Role.PRODUCT), world.calendar.now().date()
    match step.do:
        case "announce":
            released = today + timedelta(days=5)
            await world.issue(AnnounceVersion(model_id=id, version=step.name, released_on=released), keeper)
            if step.after:
                await world.calendar.until(world.calendar.later(step.after, 15))
                await world.issue(AdoptVersion(model_id=id, version=step.name), keeper)
        case "upstream":
            await world.issue(ChangeUpstream(model_id=id, upstream_model=step.name), keeper)
        case "move":
            await world.issue(MoveHosting(model_id=id, hosting_region=step.name), keeper)
        case "terms":
            terms = TrainsOnOurData(step.name)
            await world.issue(ChangeTrainingTerms(model_id=id, trains_on_our_data=terms), world.seat(Role.LEGAL))
        case _:
            raise ValueError(f"no such step of a model: {step.do}")


async def _change_source(world: World, plan: SourcePlan, step: Step, id: UUID) -> None:
    keeper = world.seat(Role.DATA)
    match step.do:
        case "receive":
            received = world.calendar.now().date()
            release = step.name or f"{received:%Y-%m}"
            await world.issue(ReceiveRelease(source_id=id, release=release, received_on=received), keeper)
        case "licence":
            revised = plan.details.model_copy(update={"licence": step.name})
            await world.issue(ReviseSource(source_id=id, details=revised), keeper)
        case _:
            raise ValueError(f"no such step of a data source: {step.do}")
