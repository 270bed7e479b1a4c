"""What the log itself does not tell of its facts: whose the streams are, and what was not recorded when it happened."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
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

PROMPT = timedelta(seconds=10)
"""What was recorded within this, and on the day on which it happened, is found by when it was recorded."""
EARLY = -PROMPT
"""Clocks differ."""
FIRST = 1


class Mention(Row):
    """The first fact of a stream, or one that was not recorded promptly; `aggregate` is the name of its kind."""

    position: int
    supplier_id: UUID | None
    aggregate: str
    at: datetime
    late: bool = False
    """We knew of it on another day than it happened."""


VIEW = View(
    "activity",
    4,
    Mention,
    columns=(
        Column("position", "bigint", attrgetter("position")),
        Column("supplier_id", "uuid", attrgetter("supplier_id")),
        Column("aggregate", "text", attrgetter("aggregate")),
        Column("at", "timestamptz", attrgetter("at")),
        Column("late", "boolean", attrgetter("late")),
    ),
    kept_as="text",
    indexes=("(supplier_id, position)", "(at, position) WHERE late"),
)

Mentioned = Callable[[None, Any, Recorded], Mention]


def its_position(event: Any, recorded: Recorded) -> Iterable[str]:
    """Nothing is kept of most facts, which the log tells all of."""
    if event.originator_version != FIRST:
        at, known = event.timestamp, recorded.recorded_at
        if at.day == known.day and EARLY < known - at < PROMPT:
            return ()
    return (str(recorded.position),)


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
    VIEW.on(_event, keys=its_position)(mentioned(_event.TOPIC.split(".")[0]))
