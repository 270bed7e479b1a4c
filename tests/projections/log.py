"""A log in memory that the domain itself writes, and the portfolio that tests read from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from desk import PROCUREMENT, MemoryDesk
from suppliers.aggregate import DomainEvent
from suppliers.ports import Actor, Command


class Fact(NamedTuple):
    """As `suppliers.ports.Recorded` wants it."""

    position: int
    event: DomainEvent
    topic: str
    recorded_at: datetime
    actor: UUID | None
    command_id: UUID | None = None
    correlation_id: str | None = None


class Log(MemoryDesk):
    """A desk that keeps what was recorded in order, as the log does."""

    def __init__(self) -> None:
        super().__init__()
        self.facts: list[Fact] = []

    def hand_in(self, command: Command, by: Actor = PROCUREMENT) -> list[str]:
        before = {id: len(each.pending_events) for id, each in self.held.items()}
        topics = super().hand_in(command, by)
        for id, each in self.held.items():
            for event in each.pending_events[before.get(id, 0) :]:
                self.record(event, by.id)
        return topics

    def record(self, event: DomainEvent, actor: UUID | None = None) -> Fact:
        fact = Fact(len(self.facts) + 1, event, type(event).TOPIC, self.now, actor)
        self.facts.append(fact)
        return fact

    def today(self) -> date:
        return self.now.date()


class LogFeed:
    """A log in memory to follow."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self.facts = facts

    async def read(self, after: int, limit: int, *, on: object = None) -> Sequence[Fact]:
        return self.facts[after : after + limit]

    async def legible(self, positions: Sequence[int]) -> tuple[Sequence[Fact], list[Any]]:
        return [self.facts[position - 1] for position in sorted(positions)], []

    async def last_before(self, moment: datetime) -> int:
        return sum(each.recorded_at < moment for each in self.facts)

    async def head(self) -> int:
        return len(self.facts)

    async def wait(self, after: int, timeout: float) -> None:
        return None
