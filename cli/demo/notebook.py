"""The log while it is being thought up: what the office records lies here, in order, until all is loaded at once."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from datetime import datetime
from typing import cast
from uuid import UUID

from events.fact import Fact, R, Root
from events.feed import Recorded
from events.repository import Repository


class Present:
    """Stands for a whole stream: makes the aggregate as it is now, so that a long one is not folded for each answer."""

    def __init__(self, aggregate: Root) -> None:
        self._aggregate = aggregate

    def mutate(self, before: None) -> Root:
        return copied(self._aggregate)


def copied(aggregate: R) -> R:
    """As good as folded anew: what events change in place is a copy, what they replace is shared."""
    twin = copy(aggregate)
    twin.__dict__ = {name: copy(value) if type(value) in (dict, list) else value for name, value in vars(twin).items()}
    return twin


class Notebook(Repository):
    """A repository without a recorder: it holds facts and not bytes, so nothing is ever decoded."""

    def __init__(self) -> None:
        self.facts_in_order: list[Recorded] = []
        self._aggregates: dict[UUID, Root] = {}
        self._commands: dict[UUID, int] = {}

    @property
    def head(self) -> int:
        return len(self.facts_in_order)

    async def facts(self, id: UUID) -> Sequence[Fact]:
        aggregate = self._aggregates.get(id)
        return () if aggregate is None else (cast(Fact, Present(aggregate)),)

    async def load(self, kind: type[R], id: UUID) -> R | None:
        aggregate = self._aggregates.get(id)
        return copied(aggregate) if isinstance(aggregate, kind) else None

    async def save(
        self,
        *aggregates: Root,
        actor: UUID | None = None,
        command_id: UUID | None = None,
        correlation_id: str | None = None,
        recorded_at: datetime | None = None,
    ) -> int:
        assert command_id is not None and recorded_at is not None
        if command_id in self._commands:
            return self._commands[command_id]
        pending = [fact for aggregate in aggregates for fact in aggregate.pending_events]
        for fact in pending:
            head = self.head + 1
            self.facts_in_order.append(Recorded(head, fact, fact.TOPIC, recorded_at, actor, command_id, correlation_id))
        for aggregate in aggregates:
            aggregate.pending_events.clear()
            self._aggregates[aggregate.id] = aggregate
        if pending:
            self._commands[command_id] = self.head
        return self.head if pending else 0

    async def recorded(self, command_id: UUID) -> int:
        return self._commands.get(command_id, 0)
