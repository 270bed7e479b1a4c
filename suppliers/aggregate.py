"""The base of every aggregate: pydantic events, stored names without import paths, ids."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from itertools import takewhile
from typing import Any, ClassVar, TypeVar, cast
from uuid import UUID

from eventsourcing.domain import BaseAggregate, CanInitAggregate, CanMutateAggregate
from eventsourcing.utils import register_topic
from pydantic import BaseModel, ConfigDict

from suppliers.errors import StaleWrite

TShell = TypeVar("TShell")


class DomainEvent(BaseModel, CanMutateAggregate[UUID]):
    """A fact. `timestamp` is when it happened (UTC), not when it was recorded."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    TOPIC: ClassVar[str]
    PERSONAL: ClassVar[Mapping[str, str]] = {}
    """Fields holding personal data -> the field that names whose data it is."""
    class_version: ClassVar[int] = 1

    originator_id: UUID
    originator_version: int
    timestamp: datetime


class Created(DomainEvent, CanInitAggregate[UUID]):
    """The first fact of a stream (mixed into it): makes an empty aggregate and applies itself to it."""

    originator_topic: str

    def mutate(self, aggregate: TShell | None) -> TShell | None:
        """Build the aggregate without calling its `__init__`: `apply` sets every attribute."""
        assert aggregate is None
        kind = AGGREGATES[self.originator_topic]
        shell = kind.__new__(kind)
        shell.__base_init__(
            originator_id=self.originator_id, originator_version=self.originator_version, timestamp=self.timestamp
        )
        self.apply(shell)
        return cast(TShell, shell)


AGGREGATES: dict[str, type[BaseAggregate[UUID]]] = {}
"""Stored name -> aggregate class; filled when a class is defined."""


class Aggregate(BaseAggregate[UUID]):
    """Base of the domain's aggregates. A plain method decides; an event's `apply` only sets state."""

    TOPIC: ClassVar[str]
    CARRIED: ClassVar[tuple[str, ...]] = ()
    """Attributes every later event repeats, so that a view needs no join to find its row."""

    class Event(DomainEvent):
        """Base of an aggregate's events."""

    def __init_subclass__(cls, *, part: bool = False, **kwargs: Any) -> None:
        """Give each event its stored name. A part (`part=True`) is a base that holds one activity of an aggregate:
        its events are those of the whole, and stored under the name of the whole."""
        if part:
            return
        for each in takewhile(lambda base: base is not Aggregate, cls.__mro__):
            for name, value in tuple(vars(each).items()):
                if isinstance(value, type) and issubclass(value, DomainEvent):
                    cls._own(name, value)
        cls.TOPIC = cls.__name__
        register_topic(cls.TOPIC, cls)
        AGGREGATES[cls.TOPIC] = cls
        super().__init_subclass__(**kwargs)

    @classmethod
    def _own(cls, name: str, event: type[DomainEvent]) -> None:
        topic = f"{cls.__name__}.{name}"
        if vars(event).get("TOPIC", topic) != topic:
            raise TypeError(f"{event.TOPIC} cannot be stored as {topic} too: a part belongs to one aggregate")
        event.TOPIC = topic
        register_topic(topic, event)
        setattr(cls, name, event)  # the library would make another class of what is only inherited

    def record(self, event_class: type[DomainEvent], *, at: datetime, **facts: Any) -> None:
        """Trigger an event that happened `at`, with the attributes this aggregate's events carry."""
        carried = {name: getattr(self, name) for name in self.CARRIED}
        self.trigger_event(event_class, timestamp=at, **carried, **facts)

    def saw(self, version: int | None) -> None:
        """Refuse when a person decided on an older version than the present one; None = did not look."""
        if version is not None and version != self.version:
            raise StaleWrite
