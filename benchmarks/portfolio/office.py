"""An office in memory where lives are lived through the same commands as everywhere."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid5

from events.keys import MemoryKeyring
from events.mapper import Mapper
from events.memory import MemoryRecorder
from events.office import Office
from events.repository import Repository
from events.stored import Stored
from suppliers.aggregate import Aggregate, DomainEvent
from suppliers.attestation_types import attestation_rules
from suppliers.commands import handlers
from suppliers.errors import NoSuchRecord, StaleWrite
from suppliers.people import RegisterStaff
from suppliers.policy import policy
from suppliers.ports import SYSTEM, Actor, Command, Role
from suppliers.questionnaires.library import library

A = TypeVar("A", bound=Aggregate)

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
"""When all of it is looked at; what happened lies before."""

SPACE = UUID("6f1c3c0e-5a8b-4a55-9f43-0d5f0f4d3a11")
BUYER, RISK, LEGAL, ADMIN = (
    Actor(id=uuid5(SPACE, role.value), roles=frozenset({role}))
    for role in (Role.PROCUREMENT, Role.RISK_MANAGER, Role.LEGAL, Role.ADMINISTRATOR)
)
STAFF = {BUYER: "Alice Meyer", RISK: "Bob Okafor", LEGAL: "Chiara Conti", ADMIN: "Dora Lind"}
OWNER = BUYER.id
VENDOR = Actor(id=uuid5(SPACE, "vendor"), kind="vendor")


class MemoryOffice:
    """Its clock is the day a life has come to."""

    def __init__(self, begins: datetime = NOW - timedelta(days=200)) -> None:
        self.today = begins
        self.mapper = Mapper(MemoryKeyring())
        self._recorder = MemoryRecorder(self.now)
        repository = Repository(self._recorder, self.mapper)
        table = handlers(policy(), library(), attestation_rules())
        self._office = Office(repository, table, self, StaleWrite, NoSuchRecord)

    def now(self) -> datetime:
        return self.today

    def pass_days(self, days: float) -> None:
        self.today += timedelta(days=days)

    async def issue(self, command: Command, by: Actor = BUYER) -> None:
        await self._office.issue(command, actor=by)

    async def load(self, kind: type[A], id: UUID) -> A:
        return await self._office.load(kind, id)

    async def facts(self) -> list[DomainEvent]:
        """What happened, in order."""
        found: list[Any] = await self.mapper.facts(await self.log())
        return found

    async def log(self) -> list[Stored]:
        return await self._recorder.select_feed(0, 1_000_000)


async def register_staff(office: MemoryOffice) -> None:
    """Who works there."""
    for person, name in STAFF.items():
        email = f"{name.split()[0].lower()}@example.com"
        await office.issue(RegisterStaff(person_id=person.id, name=name, email=email, roles=person.roles), SYSTEM)
