"""What the store asks of event and aggregate classes; it knows none of them by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Protocol, TypeVar
from uuid import UUID

from pydantic_core import SchemaSerializer, SchemaValidator


class Fact(Protocol):
    """An event: a pydantic model that knows its stored name and applies itself to its aggregate."""

    TOPIC: ClassVar[str]
    PERSONAL: ClassVar[Mapping[str, str]]
    class_version: ClassVar[int]
    __pydantic_core_schema__: ClassVar[Mapping[str, Any]]
    __pydantic_serializer__: ClassVar[SchemaSerializer]
    __pydantic_validator__: ClassVar[SchemaValidator]

    @property
    def originator_id(self) -> UUID: ...
    @property
    def originator_version(self) -> int: ...
    def mutate(self, aggregate: Any) -> Any: ...


class Root(Protocol):
    """An aggregate: it holds the events it triggered until they are recorded."""

    @property
    def id(self) -> UUID: ...
    @property
    def version(self) -> int: ...
    @property
    def pending_events(self) -> list[Any]: ...


R = TypeVar("R", bound=Root)


class Folds(Protocol):
    """What an aggregate is folded from: its events, or a snapshot in the place of the first of them."""

    def mutate(self, aggregate: Any) -> Any: ...


def fold(facts: Iterable[Folds]) -> Any:
    """The aggregate these facts make, None when there are none. Facts are immutable: fold as often as you like."""
    aggregate: Any = None
    for fact in facts:
        aggregate = fact.mutate(aggregate)
    return aggregate
