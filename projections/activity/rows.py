"""What is kept of the audit trail: which facts are about whom, by whom and when. What they say stands in the log."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from projections.view import Column, Row, View, new
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


class Mention(Row):
    """That something happened around a supplier; `aggregate` is the name of its kind."""

    position: int
    supplier_id: UUID | None
    aggregate: str
    at: datetime
    actor: UUID | None
    late: bool = False
    """We knew of it on another day than it happened."""


VIEW = View(
    "activity",
    3,
    Mention,
    columns=(
        Column("position", "bigint", attrgetter("position")),
        Column("supplier_id", "uuid", attrgetter("supplier_id")),
        Column("aggregate", "text", attrgetter("aggregate")),
        Column("at", "timestamptz", attrgetter("at")),
        Column("actor", "uuid", attrgetter("actor")),
        Column("late", "boolean", attrgetter("late")),
    ),
    indexes=(
        "(position)",
        "(supplier_id, position)",
        "(actor, position)",
        "(aggregate, position)",
        "(at) WHERE late",
    ),
)

Mentioned = Callable[[None, Any, Recorded], Mention]


def its_position(event: Any, recorded: Recorded) -> Iterable[object]:
    return (recorded.position,)


def supplier_of(event: Any) -> UUID | None:
    """The supplier that a fact is about; persons who belong to one name it, staff belong to none."""
    about: UUID | None = getattr(event, "supplier_id", None)
    return event.originator_id if about is None and event.TOPIC.startswith("Supplier.") else about


def mentioned(aggregate: str) -> Mentioned:
    """How a fact of such an aggregate is listed."""

    def happened(_: None, event: Any, recorded: Recorded) -> Mention:
        return new(
            Mention,
            position=recorded.position,
            supplier_id=supplier_of(event),
            aggregate=aggregate,
            at=event.timestamp,
            actor=recorded.actor,
            late=event.timestamp.date() != recorded.recorded_at.date(),
        )

    return happened


ABOUT: tuple[type[DomainEvent], ...] = (
    Supplier.Event,
    VendorModel.Event,
    DataSource.Event,
    Use.Event,
    Assessment.Event,
    Attestation.Event,
    Review.Event,
    Person.Event,
)

for _event in ABOUT:
    VIEW.on(_event, keys=its_position)(mentioned(_event.__qualname__.split(".")[0]))
