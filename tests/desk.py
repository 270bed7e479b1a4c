"""A desk in memory: pure handlers tried without a store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar
from uuid import UUID, uuid4

import pytest

from suppliers.aggregate import Aggregate
from suppliers.attestation_rules import attestation_rules
from suppliers.commands import handlers
from suppliers.errors import NoSuchRecord, Refusal
from suppliers.policy import policy
from suppliers.ports import Actor, Command, Role
from suppliers.questionnaires.library import library

A = TypeVar("A", bound=Aggregate)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TODAY = NOON.date()


def staff(*roles: Role) -> Actor:
    """Somebody of the company, new each time."""
    return Actor(id=uuid4(), roles=frozenset(roles))


PROCUREMENT = staff(Role.PROCUREMENT)
RISK = staff(Role.RISK_MANAGER)
LEGAL = staff(Role.LEGAL)
SECURITY = staff(Role.SECURITY)
AUDITOR = staff(Role.AUDITOR)
ADMIN = staff(Role.ADMINISTRATOR)
VENDOR = Actor(id=uuid4(), kind="vendor")


class MemoryDesk:
    """Holds aggregates by id; commands are handled as the office would, without storing anything."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now
        self.actor = PROCUREMENT
        self.held: dict[UUID, Aggregate] = {}
        self._handlers = handlers(policy(), library(), attestation_rules())

    def get(self, kind: type[A], id: UUID) -> A:
        found = self.find(kind, id)
        if found is None:
            raise NoSuchRecord
        return found

    def find(self, kind: type[A], id: UUID) -> A | None:
        found = self.held.get(id)
        return found if isinstance(found, kind) else None

    def add(self, aggregate: Aggregate) -> None:
        assert aggregate.id not in self.held
        self.held[aggregate.id] = aggregate

    def hand_in(self, command: Command, by: Actor = PROCUREMENT) -> list[str]:
        """Handle a command as somebody; the names of the events it recorded."""
        before = {id: len(each.pending_events) for id, each in self.held.items()}
        self.actor = by
        self._handlers[type(command)](command, self)
        return [
            type(event).TOPIC for id, each in self.held.items() for event in each.pending_events[before.get(id, 0) :]
        ]

    def pass_days(self, days: float) -> date:
        self.now += timedelta(days=days)
        return self.now.date()


@contextmanager
def refused(kind: type[Refusal], desk: MemoryDesk) -> Iterator[None]:
    """The block is refused for this reason, and nothing is recorded by it."""
    before = {id: len(each.pending_events) for id, each in desk.held.items()}
    with pytest.raises(kind):
        yield
    assert {id: len(each.pending_events) for id, each in desk.held.items() if id in before} == before
