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


def mentioned(aggregate: str, supplier: Callable[[Any], UUID | None]) -> Mentioned:
    """How a fact of such an aggregate is listed."""

    def happened(_: None, event: Any, recorded: Recorded) -> Mention:
        return new(
            Mention,
            position=recorded.position,
            supplier_id=supplier(event),
            aggregate=aggregate,
            at=event.timestamp,
            actor=recorded.actor,
            late=event.timestamp.date() != recorded.recorded_at.date(),
        )

    return happened


def its_own(event: Any) -> UUID | None:
    """Persons who belong to a supplier name it; staff belong to none."""
    supplier_id: UUID | None = getattr(event, "supplier_id", None)
    return supplier_id


ABOUT: tuple[tuple[type[DomainEvent], Callable[[Any], UUID | None]], ...] = (
    (Supplier.Event, attrgetter("originator_id")),
    (VendorModel.Event, attrgetter("supplier_id")),
    (DataSource.Event, attrgetter("supplier_id")),
    (Use.Event, attrgetter("supplier_id")),
    (Assessment.Event, attrgetter("supplier_id")),
    (Attestation.Event, attrgetter("supplier_id")),
    (Review.Event, attrgetter("supplier_id")),
    (Person.Event, its_own),
)

for _event, _supplier in ABOUT:
    VIEW.on(_event, keys=its_position)(mentioned(_event.__qualname__.split(".")[0], _supplier))
