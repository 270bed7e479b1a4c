"""Commands of onboarding: propose a supplier, say what we buy and what for, start, decline, leave."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from suppliers.entitlement import BUYERS, RISK, WORKING_STAFF, allow
from suppliers.happening import Backdated, happened
from suppliers.person import Person, PersonKind
from suppliers.ports import SEATS, Command, Desk, Handlers, Role, new_id
from suppliers.supplier import Supplier, SupplierDetails

SUSPENDERS = frozenset({Role.SECURITY, Role.RISK_MANAGER})


class ContactDetails(BaseModel):
    """Whom to write to at a supplier."""

    model_config = ConfigDict(frozen=True)

    name: str
    email: str


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


class StartOnboarding(Command):
    """Let due diligence begin."""

    supplier_id: UUID


class DeclineSupplier(Command):
    """Do not buy from this supplier."""

    supplier_id: UUID
    reason: str


class SuspendSupplier(Backdated):
    """Stop new use at once; the council ratifies within 72 hours or it lapses."""

    supplier_id: UUID
    reason: str


class ReinstateSupplier(Command):
    """Lift a suspension whose cause is closed."""

    supplier_id: UUID
    reason: str


class StartOffboarding(Command):
    """Begin to leave a supplier."""

    supplier_id: UUID
    exit_plan: str


class CompleteOffboarding(Command):
    """End the relationship."""

    supplier_id: UUID
    access_removed: bool
    certificate: str


class ProposeAgain(Command):
    """Propose a declined or offboarded supplier again."""

    supplier_id: UUID
    reason: str


def propose_supplier(command: ProposeSupplier, desk: Desk) -> None:
    allow(desk.actor, WORKING_STAFF)
    by, at = desk.actor.id, desk.now
    supplier = Supplier.propose(id=command.supplier_id, details=command.details, by=by, at=at)
    desk.add(supplier)
    if command.contact is not None:
        desk.add(_contact(command.contact_id, command.contact, supplier.id, desk))
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
    desk.add(_contact(command.contact_id, command.contact, supplier.id, desk))
    supplier.name_contact(command.contact_id, by=desk.actor.id, at=desk.now)


def check_sanctions(command: CheckSanctions, desk: Desk) -> None:
    allow(desk.actor, BUYERS | {Role.LEGAL})
    supplier = desk.get(Supplier, command.supplier_id)
    supplier.check_sanctions(clean=command.clean, note=command.note.strip(), by=desk.actor.id, at=desk.now)


def start_onboarding(command: StartOnboarding, desk: Desk) -> None:
    allow(desk.actor, BUYERS)
    supplier = desk.get(Supplier, command.supplier_id)
    supplier.saw(command.expected_version)
    supplier.start_onboarding(by=desk.actor.id, at=desk.now)


def decline_supplier(command: DeclineSupplier, desk: Desk) -> None:
    allow(desk.actor, BUYERS | SEATS)
    supplier = desk.get(Supplier, command.supplier_id)
    supplier.saw(command.expected_version)
    supplier.decline(reason=command.reason, by=desk.actor.id, at=desk.now)


def suspend_supplier(command: SuspendSupplier, desk: Desk) -> None:
    allow(desk.actor, SUSPENDERS)
    supplier = desk.get(Supplier, command.supplier_id)
    supplier.saw(command.expected_version)
    at = happened(command, supplier, now=desk.now)
    supplier.suspend(reason=command.reason, by=desk.actor.id, ratified=False, at=at, noted=desk.now)


def reinstate_supplier(command: ReinstateSupplier, desk: Desk) -> None:
    allow(desk.actor, SEATS)
    supplier = desk.get(Supplier, command.supplier_id)
    supplier.saw(command.expected_version)
    supplier.reinstate(reason=command.reason, by=desk.actor.id, at=desk.now)


def start_offboarding(command: StartOffboarding, desk: Desk) -> None:
    allow(desk.actor, BUYERS)
    supplier = desk.get(Supplier, command.supplier_id)
    supplier.saw(command.expected_version)
    supplier.start_offboarding(exit_plan=command.exit_plan, by=desk.actor.id, at=desk.now)


def complete_offboarding(command: CompleteOffboarding, desk: Desk) -> None:
    allow(desk.actor, BUYERS)
    supplier = desk.get(Supplier, command.supplier_id)
    supplier.saw(command.expected_version)
    supplier.offboard(
        access_removed=command.access_removed, certificate=command.certificate, by=desk.actor.id, at=desk.now
    )


def propose_again(command: ProposeAgain, desk: Desk) -> None:
    allow(desk.actor, BUYERS | RISK)
    supplier = desk.get(Supplier, command.supplier_id)
    supplier.saw(command.expected_version)
    supplier.propose_again(reason=command.reason, by=desk.actor.id, at=desk.now)


def _contact(id: UUID, details: ContactDetails, supplier_id: UUID, desk: Desk) -> Person:
    return Person.register(
        id=id,
        kind=PersonKind.CONTACT,
        name=details.name.strip(),
        email=details.email.strip().lower(),
        supplier_id=supplier_id,
        at=desk.now,
    )


HANDLERS: Handlers = {
    ProposeSupplier: propose_supplier,
    CorrectSupplier: correct_supplier,
    AssignOwner: assign_owner,
    NameContact: name_contact,
    CheckSanctions: check_sanctions,
    StartOnboarding: start_onboarding,
    DeclineSupplier: decline_supplier,
    SuspendSupplier: suspend_supplier,
    ReinstateSupplier: reinstate_supplier,
    StartOffboarding: start_offboarding,
    CompleteOffboarding: complete_offboarding,
    ProposeAgain: propose_again,
}
