"""A person: staff with roles, or a vendor's contact. The only place where names and addresses are recorded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from suppliers.aggregate import Aggregate, Created
from suppliers.errors import AccessEnded, AlreadyErased, Ignored
from suppliers.ports import Role
from suppliers.word import Word

DETAILS: Mapping[str, str] = {"name": "originator_id", "email": "originator_id"}


class PersonKind(Word):
    STAFF = "staff"
    CONTACT = "contact"


class Person(Aggregate):
    """Someone who acts, or whom we write to."""

    class Event(Aggregate.Event):
        """A fact about a person."""

    class Registered(Event, Created):
        """A person became known to us."""

        PERSONAL: ClassVar[Mapping[str, str]] = DETAILS
        kind: PersonKind
        name: str
        email: str
        roles: frozenset[Role] = frozenset()
        supplier_id: UUID | None = None

        def apply(self, person: Person) -> None:
            person.kind, person.name, person.email = self.kind, self.name, self.email
            person.roles, person.supplier_id = self.roles, self.supplier_id
            person.active, person.erased, person.verified = True, False, False

    class DetailsCorrected(Event):
        """The name or the address was corrected; a new address has to be verified again."""

        PERSONAL: ClassVar[Mapping[str, str]] = DETAILS
        name: str
        email: str
        by: UUID

        def apply(self, person: Person) -> None:
            person.verified = person.verified and person.email == self.email
            person.name, person.email = self.name, self.email

    class AddressVerified(Event):
        """A code mailed to the address came back from it."""

        def apply(self, person: Person) -> None:
            person.verified = True

    class RoleGranted(Event):
        """The person may act in this role."""

        role: Role
        by: UUID

        def apply(self, person: Person) -> None:
            person.roles = person.roles | {self.role}

    class RoleWithdrawn(Event):
        """The person may no longer act in this role."""

        role: Role
        by: UUID

        def apply(self, person: Person) -> None:
            person.roles = person.roles - {self.role}

    class AccessEnded(Event):
        """The person may no longer sign in."""

        reason: str
        by: UUID

        def apply(self, person: Person) -> None:
            person.active = False

    class Erased(Event):
        """The person's data was erased; what they did stays on the record without it."""

        reason: str
        by: UUID

        def apply(self, person: Person) -> None:
            person.active, person.erased = False, True

    kind: PersonKind
    name: str
    email: str
    roles: frozenset[Role]
    supplier_id: UUID | None
    active: bool
    erased: bool
    verified: bool

    @classmethod
    def register(
        cls,
        *,
        id: UUID,
        kind: PersonKind,
        name: str,
        email: str,
        at: datetime,
        roles: frozenset[Role] = frozenset(),
        supplier_id: UUID | None = None,
    ) -> Person:
        """Make someone known; `supplier_id` says for whom a contact speaks."""
        return cls._create(
            cls.Registered,
            id=id,
            kind=kind,
            name=name,
            email=email,
            roles=roles,
            supplier_id=supplier_id,
            timestamp=at,
        )

    def correct(self, *, name: str, email: str, by: UUID, at: datetime) -> None:
        self._present()
        if (name, email) == (self.name, self.email):
            raise Ignored
        self.record(self.DetailsCorrected, name=name, email=email, by=by, at=at)

    def verify_address(self, *, at: datetime) -> None:
        self._present()
        if self.verified:
            raise Ignored
        self.record(self.AddressVerified, at=at)

    def grant(self, role: Role, *, by: UUID, at: datetime) -> None:
        self._present()
        if role in self.roles:
            raise Ignored
        self.record(self.RoleGranted, role=role, by=by, at=at)

    def withdraw(self, role: Role, *, by: UUID, at: datetime) -> None:
        if role not in self.roles:
            raise Ignored
        self.record(self.RoleWithdrawn, role=role, by=by, at=at)

    def end_access(self, *, reason: str, by: UUID, at: datetime) -> None:
        self._present()
        self.record(self.AccessEnded, reason=reason, by=by, at=at)

    def erase(self, *, reason: str, by: UUID, at: datetime) -> None:
        """Put the erasure on the record; deleting the key is the keyring's part."""
        if self.erased:
            raise AlreadyErased
        self.record(self.Erased, reason=reason, by=by, at=at)

    def _present(self) -> None:
        if not self.active:
            raise AccessEnded
