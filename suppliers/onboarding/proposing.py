"""A supplier is proposed, and what is known of it."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from suppliers.entitlement import BUYERS, WORKING_STAFF, allow
from suppliers.onboarding.contact import ContactDetails, registered
from suppliers.ports import Command, Desk, Handlers, Role, new_id
from suppliers.supplier import Supplier, SupplierDetails


class ProposeSupplier(Command):
    """Propose a supplier; with a contact, an owner and a clean sanctions check onboarding starts at once."""

    supplier_id: UUID = Field(default_factory=new_id)
    details: SupplierDetails
    contact: ContactDetails | None = None
    contact_id: UUID = Field(default_factory=new_id)
    owner: UUID | None = None
    sanctions_clean: bool = False
    sanctions_note: str = ""


class CorrectSupplier(Command):
    """Correct what identifies a supplier."""

    supplier_id: UUID
    details: SupplierDetails


class AssignOwner(Command):
    """Say who here owns the relationship."""

    supplier_id: UUID
    owner: UUID


class NameContact(Command):
    """Say whom to write to at the supplier."""

    supplier_id: UUID
    contact_id: UUID = Field(default_factory=new_id)
    contact: ContactDetails


class CheckSanctions(Command):
    """Record a look at the sanctions lists."""

    supplier_id: UUID
    clean: bool
    note: str = ""


def propose_supplier(command: ProposeSupplier, desk: Desk) -> None:
    allow(desk.actor, WORKING_STAFF)
    by, at = desk.actor.id, desk.now
    supplier = Supplier.propose(id=command.supplier_id, details=command.details, by=by, at=at)
    desk.add(supplier)
    if command.contact is not None:
        desk.add(registered(command.contact_id, command.contact, supplier.id, desk))
        supplier.name_contact(command.contact_id, by=by, at=at)
    if command.owner is not None:
        supplier.assign_owner(command.owner, by=by, at=at)
    if command.sanctions_clean:
        supplier.check_sanctions(clean=True, note=command.sanctions_note, by=by, at=at)
    if supplier.contact and supplier.owner and supplier.sanctions_clean:
        supplier.start_onboarding(by=by, at=at)


def correct_supplier(command: CorrectSupplier, desk: Desk) -> None:
    allow(desk.actor, BUYERS)
    supplier = desk.get(Supplier, command.supplier_id)
    supplier.saw(command.expected_version)
    supplier.correct(command.details, by=desk.actor.id, at=desk.now)


def assign_owner(command: AssignOwner, desk: Desk) -> None:
    allow(desk.actor, BUYERS)
    desk.get(Supplier, command.supplier_id).assign_owner(command.owner, by=desk.actor.id, at=desk.now)


def name_contact(command: NameContact, desk: Desk) -> None:
    allow(desk.actor, BUYERS)
    supplier = desk.get(Supplier, command.supplier_id)
    desk.add(registered(command.contact_id, command.contact, supplier.id, desk))
    supplier.name_contact(command.contact_id, by=desk.actor.id, at=desk.now)


def check_sanctions(command: CheckSanctions, desk: Desk) -> None:
    allow(desk.actor, BUYERS | {Role.LEGAL})
    supplier = desk.get(Supplier, command.supplier_id)
    supplier.check_sanctions(clean=command.clean, note=command.note.strip(), by=desk.actor.id, at=desk.now)


HANDLERS: Handlers = {
    ProposeSupplier: propose_supplier,
    CorrectSupplier: correct_supplier,
    AssignOwner: assign_owner,
    NameContact: name_contact,
    CheckSanctions: check_sanctions,
}
