"""Commands about what we buy: models and data sources, their versions, upstream, hosting, licence and end."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from suppliers.data_source import DataSource, SourceDetails
from suppliers.entitlement import BUYERS, WORKING_STAFF, allow
from suppliers.happening import Backdated, happened
from suppliers.ports import Command, Desk, Handlers, Role, new_id
from suppliers.supplier import Supplier
from suppliers.vendor_model import ModelDetails, TrainsOnOurData, VendorModel

KEEPERS = BUYERS | {Role.PRODUCT, Role.DATA, Role.OPERATIONS}


class RegisterVendorModel(Command):
    """Take a supplier's model into the inventory."""

    model_id: UUID = Field(default_factory=new_id)
    supplier_id: UUID
    details: ModelDetails


class RegisterDataSource(Command):
    """Take a supplier's data source into the inventory."""

    source_id: UUID = Field(default_factory=new_id)
    supplier_id: UUID
    details: SourceDetails


class AnnounceVersion(Command):
    """Note a version that the vendor announced."""

    model_id: UUID
    version: str = Field(min_length=1)
    released_on: date | None = None


class AdoptVersion(Backdated):
    """Use an announced version."""

    model_id: UUID
    version: str


class ChangeUpstream(Command):
    """Note that the model stands on another upstream model."""

    model_id: UUID
    upstream_model: str


class MoveHosting(Backdated):
    """Note that the model runs in another region."""

    model_id: UUID
    hosting_region: str


class ChangeTrainingTerms(Command):
    """Note new terms under which our data trains the vendor's models."""

    model_id: UUID
    trains_on_our_data: TrainsOnOurData


class RetireModel(Command):
    """Stop using a model."""

    model_id: UUID
    reason: str


class ReceiveRelease(Command):
    """Note a delivery of a data source."""

    source_id: UUID
    release: str = Field(min_length=1)
    received_on: date


class ReviseSource(Command):
    """Note different provenance, licence, personal data or refresh."""

    source_id: UUID
    details: SourceDetails


class RetireSource(Command):
    """Stop using a data source."""

    source_id: UUID
    reason: str


def register_vendor_model(command: RegisterVendorModel, desk: Desk) -> None:
    allow(desk.actor, WORKING_STAFF)
    supplier = desk.get(Supplier, command.supplier_id)
    model = VendorModel.register(
        id=command.model_id, supplier_id=supplier.id, details=command.details, by=desk.actor.id, at=desk.now
    )
    desk.add(model)


def register_data_source(command: RegisterDataSource, desk: Desk) -> None:
    allow(desk.actor, WORKING_STAFF)
    supplier = desk.get(Supplier, command.supplier_id)
    source = DataSource.register(
        id=command.source_id, supplier_id=supplier.id, details=command.details, by=desk.actor.id, at=desk.now
    )
    desk.add(source)


def announce_version(command: AnnounceVersion, desk: Desk) -> None:
    allow(desk.actor, KEEPERS)
    model = desk.get(VendorModel, command.model_id)
    model.announce(command.version, released_on=command.released_on, by=desk.actor.id, at=desk.now)


def adopt_version(command: AdoptVersion, desk: Desk) -> None:
    allow(desk.actor, KEEPERS)
    model = desk.get(VendorModel, command.model_id)
    model.adopt(command.version, by=desk.actor.id, at=happened(command, model, now=desk.now))


def change_upstream(command: ChangeUpstream, desk: Desk) -> None:
    allow(desk.actor, KEEPERS)
    model = desk.get(VendorModel, command.model_id)
    model.change_upstream(command.upstream_model, by=desk.actor.id, at=desk.now)


def move_hosting(command: MoveHosting, desk: Desk) -> None:
    allow(desk.actor, KEEPERS)
    model = desk.get(VendorModel, command.model_id)
    at = happened(command, model, now=desk.now)
    model.move_hosting(command.hosting_region, by=desk.actor.id, at=at)


def change_training_terms(command: ChangeTrainingTerms, desk: Desk) -> None:
    allow(desk.actor, KEEPERS | {Role.LEGAL})
    model = desk.get(VendorModel, command.model_id)
    model.change_training_terms(command.trains_on_our_data, by=desk.actor.id, at=desk.now)


def retire_model(command: RetireModel, desk: Desk) -> None:
    allow(desk.actor, KEEPERS)
    desk.get(VendorModel, command.model_id).retire(reason=command.reason, by=desk.actor.id, at=desk.now)


def receive_release(command: ReceiveRelease, desk: Desk) -> None:
    allow(desk.actor, KEEPERS)
    source = desk.get(DataSource, command.source_id)
    source.receive(command.release, received_on=command.received_on, by=desk.actor.id, at=desk.now)


def revise_source(command: ReviseSource, desk: Desk) -> None:
    allow(desk.actor, KEEPERS | {Role.LEGAL})
    source = desk.get(DataSource, command.source_id)
    source.saw(command.expected_version)
    source.revise(command.details, by=desk.actor.id, at=desk.now)


def retire_source(command: RetireSource, desk: Desk) -> None:
    allow(desk.actor, KEEPERS)
    desk.get(DataSource, command.source_id).retire(reason=command.reason, by=desk.actor.id, at=desk.now)


HANDLERS: Handlers = {
    RegisterVendorModel: register_vendor_model,
    RegisterDataSource: register_data_source,
    AnnounceVersion: announce_version,
    AdoptVersion: adopt_version,
    ChangeUpstream: change_upstream,
    MoveHosting: move_hosting,
    ChangeTrainingTerms: change_training_terms,
    RetireModel: retire_model,
    ReceiveRelease: receive_release,
    ReviseSource: revise_source,
    RetireSource: retire_source,
}
