"""What the domain and its callers need of the outside, as protocols."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, Literal, Protocol, TypeVar
from uuid import UUID, uuid4

from pydantic import BaseModel, ConfigDict

from suppliers.aggregate import Aggregate, DomainEvent
from suppliers.word import Word

A = TypeVar("A", bound=Aggregate)


class Role(Word):
    """What a member of staff is entitled to."""

    PROCUREMENT = "procurement"
    RISK_MANAGER = "risk_manager"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    LEGAL = "legal"
    SECURITY = "security"
    DATA = "data"
    PRODUCT = "product"
    OPERATIONS = "operations"


SEATS = frozenset({Role.LEGAL, Role.SECURITY, Role.DATA, Role.PRODUCT, Role.OPERATIONS})
"""The council's five seats."""


class Actor(BaseModel):
    """Who acts: a member of staff with roles, a vendor's contact, or the system itself."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    roles: frozenset[Role] = frozenset()
    kind: Literal["staff", "vendor", "system"] = "staff"

    def holds(self, *roles: Role) -> bool:
        return bool(self.roles & set(roles))

    @property
    def seats(self) -> frozenset[Role]:
        return self.roles & SEATS


SYSTEM = Actor(id=UUID(int=0), kind="system")


class Command(BaseModel):
    """An order to the domain; frozen, imperative. `expected_version` is the version its author was looking at."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    retried: ClassVar[bool] = False
    """True when being overtaken by another writer may be answered by deciding again on fresh state."""

    expected_version: int | None = None


def new_id() -> UUID:
    """An id for something new; made by the caller so that a retry names the same thing."""
    return uuid4()


class Desk(Protocol):
    """What a handler works at: what it may load, who acts, and what time it is."""

    @property
    def now(self) -> datetime: ...
    @property
    def actor(self) -> Actor: ...
    def get(self, kind: type[A], id: UUID) -> A: ...
    def find(self, kind: type[A], id: UUID) -> A | None: ...
    def add(self, aggregate: Aggregate) -> None: ...


Handler = Callable[[Any, Desk], None]
Handlers = Mapping[type[Command], Handler]


class Receipt(Protocol):
    """Proof of recording: the last log position written, 0 when there was nothing to record."""

    @property
    def position(self) -> int: ...


class Office(Protocol):
    """Where commands are handed in; what it acknowledges is on the log."""

    async def issue(
        self,
        command: Command,
        *,
        actor: Actor,
        command_id: UUID | None = None,
        correlation_id: str | None = None,
        at: datetime | None = None,
    ) -> Receipt: ...

    async def load(self, kind: type[A], id: UUID) -> A: ...


class Recorded(Protocol):
    """A fact as it lies in the log."""

    @property
    def position(self) -> int: ...
    @property
    def event(self) -> DomainEvent: ...
    @property
    def topic(self) -> str: ...
    @property
    def recorded_at(self) -> datetime: ...
    @property
    def actor(self) -> UUID | None: ...
    @property
    def command_id(self) -> UUID | None: ...
    @property
    def correlation_id(self) -> str | None: ...


class Feed(Protocol):
    """The log in order, for followers."""

    async def read(self, after: int, limit: int, *, on: Any = None) -> Sequence[Recorded]: ...
    async def wait(self, after: int, timeout: float) -> None: ...
    async def head(self) -> int: ...


class Clock(Protocol):
    """The time, injected everywhere."""

    def now(self) -> datetime: ...
