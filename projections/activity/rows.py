"""One entry of the audit trail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from projections.activity.sentence import Value, kept
from projections.activity.sentences import ICONS, KINDS
from projections.view import Column, Row, View
from suppliers.aggregate import DomainEvent
from suppliers.assessment import Assessment
from suppliers.attestation import Attestation
from suppliers.data_source import DataSource
from suppliers.person import Person
from suppliers.ports import Recorded
from suppliers.review import Review
from suppliers.supplier import Supplier
from suppliers.use import Use
from suppliers.vendor_model import VendorModel

EVENTS: tuple[type[DomainEvent], ...] = (
    Supplier.Event,
    VendorModel.Event,
    DataSource.Event,
    Use.Event,
    Assessment.Event,
    Attestation.Event,
    Review.Event,
    Person.Event,
)


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

    @property
    def aggregate(self) -> str:
        return self.topic.split(".")[0]

    @property
    def mentioned(self) -> set[UUID]:
        """Everyone and everything whose name the sentence needs."""
        found = {self.aggregate_id, *self.ids.values()}
        return found | ({self.actor} if self.actor else set())


VIEW = View(
    "activity",
    1,
    Entry,
    columns=(
        Column("position", "bigint", lambda row: row.position),
        Column("supplier_id", "uuid", lambda row: row.supplier_id),
        Column("aggregate", "text", lambda row: row.aggregate),
        Column("at", "timestamptz", lambda row: row.at),
        Column("actor", "uuid", lambda row: row.actor),
    ),
    indexes=(
        "(position)",
        "(supplier_id, position)",
        "(actor, position)",
        "(aggregate, position)",
    ),
)


def its_position(event: Any, recorded: Recorded) -> Iterable[object]:
    return (recorded.position,)


@VIEW.on(*EVENTS, keys=its_position)
def happened(_: None, event: Any, recorded: Recorded) -> Entry:
    params, ids = kept(event)
    return Entry(
        position=recorded.position,
        at=event.timestamp,
        recorded_at=recorded.recorded_at,
        actor=recorded.actor,
        topic=recorded.topic,
        kind=ICONS.get(recorded.topic, KINDS[recorded.topic.split(".")[0]][0]),
        aggregate_id=event.originator_id,
        supplier_id=event.originator_id if isinstance(event, Supplier.Event) else getattr(event, "supplier_id", None),
        params=params,
        ids=ids,
    )
