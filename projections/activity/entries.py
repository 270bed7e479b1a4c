"""One entry of the audit trail, made from its event when somebody reads it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol
from uuid import UUID

from projections.activity.rows import supplier_of
from projections.activity.sentence import Value, kept
from projections.activity.sentences import ICONS, KINDS
from projections.view import Row
from suppliers.ports import Recorded


class Illegible(Protocol):
    """A fact of which only the columns can be read: this release does not know it, or it was damaged."""

    @property
    def position(self) -> int: ...
    @property
    def originator_id(self) -> UUID: ...
    @property
    def topic(self) -> str: ...
    @property
    def recorded_at(self) -> datetime: ...
    @property
    def actor(self) -> UUID | None: ...


class Entry(Row):
    """A fact: when it happened (`at`) and when we knew (`recorded_at`), who did it, and what its sentence names."""

    position: int
    at: datetime
    recorded_at: datetime
    actor: UUID | None
    topic: str
    kind: str
    """The name of an icon."""
    aggregate_id: UUID
    supplier_id: UUID | None
    params: Mapping[str, Value]
    ids: Mapping[str, UUID]
    legible: bool = True
    """Otherwise nothing is known but its place, its name, and when and by whom it was recorded."""

    @property
    def aggregate(self) -> str:
        return self.topic.split(".")[0]

    @property
    def mentioned(self) -> set[UUID]:
        """Everyone and everything whose name the sentence needs."""
        found = {self.aggregate_id, *self.ids.values()}
        return found | ({self.actor} if self.actor else set())


def entry(recorded: Recorded) -> Entry:
    """A fact as a reader is told of it."""
    event = recorded.event
    params, ids = kept(event)
    return Entry(
        position=recorded.position,
        at=event.timestamp,
        recorded_at=recorded.recorded_at,
        actor=recorded.actor,
        topic=event.TOPIC,
        kind=ICONS.get(event.TOPIC, KINDS[event.TOPIC.split(".")[0]][0]),
        aggregate_id=event.originator_id,
        supplier_id=supplier_of(event),
        params=params,
        ids=ids,
    )


def illegible(found: Illegible) -> Entry:
    """What is left to tell of a fact that cannot be read."""
    return Entry(
        position=found.position,
        at=found.recorded_at,
        recorded_at=found.recorded_at,
        actor=found.actor,
        topic=found.topic,
        kind="warning",
        aggregate_id=found.originator_id,
        supplier_id=None,
        params={},
        ids={},
        legible=False,
    )
