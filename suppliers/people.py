"""Commands about people: who may sign in, in which role, whom we write to, and who is to be forgotten."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from suppliers.entitlement import BUYERS, allow, allow_system
from suppliers.person import Person, PersonKind
from suppliers.ports import Command, Desk, Handlers, Role, new_id

ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})


class RegisterStaff(Command):
    """Let a member of staff sign in."""

    person_id: UUID = Field(default_factory=new_id)
    name: str
    email: str
    roles: frozenset[Role]


class RegisterContact(Command):
    """Make known whom to write to at a supplier."""

    person_id: UUID = Field(default_factory=new_id)
    supplier_id: UUID
    name: str
    email: str


class CorrectPerson(Command):
    """Correct a name or an address."""

    person_id: UUID
    name: str
    email: str


class VerifyAddress(Command):
    """Note that a code came back from the address."""

    person_id: UUID


class GrantRole(Command):
    """Let a person act in a role."""

    person_id: UUID
    role: Role


class WithdrawRole(Command):
    """Take a role from a person."""

    person_id: UUID
    role: Role


class EndAccess(Command):
    """Let a person no longer sign in."""

    person_id: UUID
    reason: str


class ErasePerson(Command):
    """Put on the record that a person's data is erased."""

    person_id: UUID
    reason: str


def register_staff(command: RegisterStaff, desk: Desk) -> None:
    allow(desk.actor, ADMINISTRATORS)
    person = Person.register(
        id=command.person_id,
        kind=PersonKind.STAFF,
        name=command.name.strip(),
        email=command.email.strip().lower(),
        roles=command.roles,
        at=desk.now,
    )
    desk.add(person)


def register_contact(command: RegisterContact, desk: Desk) -> None:
    allow(desk.actor, BUYERS)
    person = Person.register(
        id=command.person_id,
        kind=PersonKind.CONTACT,
        name=command.name.strip(),
        email=command.email.strip().lower(),
        supplier_id=command.supplier_id,
        at=desk.now,
    )
    desk.add(person)


def correct_person(command: CorrectPerson, desk: Desk) -> None:
    allow(desk.actor, BUYERS | ADMINISTRATORS)
    person = desk.get(Person, command.person_id)
    if person.kind is PersonKind.STAFF:
        allow(desk.actor, ADMINISTRATORS)
    person.saw(command.expected_version)
    person.correct(name=command.name.strip(), email=command.email.strip().lower(), by=desk.actor.id, at=desk.now)


def verify_address(command: VerifyAddress, desk: Desk) -> None:
    allow_system(desk.actor)
    desk.get(Person, command.person_id).verify_address(at=desk.now)


def grant_role(command: GrantRole, desk: Desk) -> None:
    allow(desk.actor, ADMINISTRATORS)
    desk.get(Person, command.person_id).grant(command.role, by=desk.actor.id, at=desk.now)


def withdraw_role(command: WithdrawRole, desk: Desk) -> None:
    allow(desk.actor, ADMINISTRATORS)
    desk.get(Person, command.person_id).withdraw(command.role, by=desk.actor.id, at=desk.now)


def end_access(command: EndAccess, desk: Desk) -> None:
    allow(desk.actor, ADMINISTRATORS)
    desk.get(Person, command.person_id).end_access(reason=command.reason, by=desk.actor.id, at=desk.now)


def erase_person(command: ErasePerson, desk: Desk) -> None:
    allow(desk.actor, ADMINISTRATORS)
    desk.get(Person, command.person_id).erase(reason=command.reason, by=desk.actor.id, at=desk.now)


HANDLERS: Handlers = {
    RegisterStaff: register_staff,
    RegisterContact: register_contact,
    CorrectPerson: correct_person,
    VerifyAddress: verify_address,
    GrantRole: grant_role,
    WithdrawRole: withdraw_role,
    EndAccess: end_access,
    ErasePerson: erase_person,
}
