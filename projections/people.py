"""People: the only view that holds names and addresses; every other one holds ids."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from projections.reading import by_key, many, one
from projections.view import Column, Row, View, but
from suppliers.person import Person, PersonKind
from suppliers.ports import SYSTEM, Recorded, Role

if TYPE_CHECKING:
    from projections.storage import Reader

ERASED = "Erased person"
NAMES = "SELECT key, row->>'name' AS name FROM {table} WHERE key = ANY($1)"
BY_IDS = "SELECT row::text FROM {table} WHERE key = ANY($1)"
STAFF_BY_EMAIL = "SELECT row::text FROM {table} WHERE email = lower($1) AND kind = 'staff' AND active"
STAFF = "SELECT row::text FROM {table} WHERE kind = 'staff' ORDER BY active DESC, lower(row->>'name'), key"
CONTACTS = "SELECT row::text FROM {table} WHERE supplier_id = $1 ORDER BY active DESC, lower(row->>'name'), key"


class PersonEntry(Row):
    """Someone who acts, or whom we write to."""

    id: UUID
    version: int
    kind: PersonKind
    name: str
    email: str
    roles: tuple[Role, ...] = ()
    supplier_id: UUID | None = None
    active: bool = True
    verified: bool = False
    erased: bool = False


VIEW = View(
    "people",
    1,
    PersonEntry,
    columns=(
        Column("email", "text", lambda person: person.email.lower()),
        Column("kind", "text", lambda person: person.kind),
        Column("supplier_id", "uuid", lambda person: person.supplier_id),
        Column("active", "boolean", lambda person: person.active),
    ),
    indexes=("(email) WHERE kind = 'staff'", "(supplier_id)", "(kind) WHERE kind = 'staff'"),
)


async def of(reader: Reader, person_id: UUID) -> PersonEntry | None:
    return await by_key(reader, VIEW, person_id)


async def by_ids(reader: Reader, ids: Iterable[UUID]) -> dict[UUID, PersonEntry]:
    """Those who are known among these."""
    found = await many(reader, VIEW, BY_IDS.format(table=VIEW.table), [str(id) for id in set(ids)])
    return {person.id: person for person in found}


async def names(reader: Reader, ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Person id -> name; the system is called by its name, too."""
    wanted = {id for id in ids if id is not None}
    found = await reader.fetch(NAMES.format(table=VIEW.table), [str(id) for id in wanted])
    known = {UUID(row["key"]): str(row["name"]) for row in found}
    return known | ({SYSTEM.id: "Tierce"} if SYSTEM.id in wanted else {})


async def staff_by_email(reader: Reader, email: str) -> PersonEntry | None:
    """Who may sign in with this address."""
    return await one(reader, VIEW, STAFF_BY_EMAIL.format(table=VIEW.table), email.strip())


async def staff(reader: Reader) -> list[PersonEntry]:
    """All members of staff, those who may sign in first."""
    return await many(reader, VIEW, STAFF.format(table=VIEW.table))


async def contacts(reader: Reader, supplier_id: UUID) -> list[PersonEntry]:
    """Whom we know at a supplier."""
    return await many(reader, VIEW, CONTACTS.format(table=VIEW.table), supplier_id)


@VIEW.on(Person.Registered)
def registered(_: None, event: Person.Registered, recorded: Recorded) -> PersonEntry:
    return PersonEntry(
        id=event.originator_id,
        version=event.originator_version,
        kind=event.kind,
        name=event.name,
        email=event.email,
        roles=tuple(sorted(event.roles)),
        supplier_id=event.supplier_id,
    )


@VIEW.on(Person.DetailsCorrected)
def corrected(person: PersonEntry, event: Person.DetailsCorrected, recorded: Recorded) -> PersonEntry:
    verified = person.verified and person.email == event.email
    return but(person, name=event.name, email=event.email, verified=verified, version=event.originator_version)


@VIEW.on(Person.AddressVerified)
def verified(person: PersonEntry, event: Person.AddressVerified, recorded: Recorded) -> PersonEntry:
    return but(person, verified=True, version=event.originator_version)


@VIEW.on(Person.RoleGranted)
def granted(person: PersonEntry, event: Person.RoleGranted, recorded: Recorded) -> PersonEntry:
    return but(person, roles=tuple(sorted({*person.roles, event.role})), version=event.originator_version)


@VIEW.on(Person.RoleWithdrawn)
def withdrawn(person: PersonEntry, event: Person.RoleWithdrawn, recorded: Recorded) -> PersonEntry:
    roles = tuple(role for role in person.roles if role != event.role)
    return but(person, roles=roles, version=event.originator_version)


@VIEW.on(Person.AccessEnded)
def access_ended(person: PersonEntry, event: Person.AccessEnded, recorded: Recorded) -> PersonEntry:
    return but(person, active=False, version=event.originator_version)


@VIEW.on(Person.Erased)
def erased(person: PersonEntry, event: Person.Erased, recorded: Recorded) -> PersonEntry:
    gone = {"name": ERASED, "email": "", "active": False, "verified": False, "erased": True}
    return but(person, **gone, version=event.originator_version)
