"""What is read from the log is what pydantic makes of the whole event, to the type, whichever way it was read."""

from __future__ import annotations

import types
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, Literal, Union, get_args, get_origin
from uuid import UUID, uuid4

import pytest
from asyncpg.pgproto import pgproto
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError, model_validator

from events.codec import Codec
from events.mapper import NO_CIPHERS, decoded
from events.reading import reader, without_columns
from events.stored import Stored
from suppliers.aggregate import DomainEvent
from suppliers.supplier import Supplier
from tests.events.samples import event_classes
from tests.events.specimen import NOON, specimen

CLASSES = event_classes()
APPROVAL: Any = Supplier.Approved
of_each_event = pytest.mark.parametrize("kind", CLASSES.values(), ids=lambda each: each.TOPIC)


def exactly(value: Any) -> Any:
    """A value with the types of all that is in it, in their order."""
    if isinstance(value, BaseModel):
        return type(value), exactly(value.__dict__), sorted(value.__pydantic_fields_set__), value.__pydantic_extra__
    if isinstance(value, dict):
        return type(value), [(exactly(key), exactly(each)) for key, each in value.items()]
    if isinstance(value, list | tuple):
        return type(value), [exactly(each) for each in value]
    return type(value), repr(value)


def state_of(event: DomainEvent) -> bytes:
    return event.model_dump_json(exclude={"originator_id", "originator_version"}).encode()


def read(event: DomainEvent) -> Any:
    kind: Any = type(event)
    id = pgproto.UUID(str(event.originator_id))
    return reader(kind)(id, event.originator_version, state_of(event))


@of_each_event
def test_an_event_is_read_as_pydantic_reads_it(kind: type[DomainEvent]) -> None:
    event = specimen(kind)
    assert exactly(read(event)) == exactly(kind.model_validate_json(event.model_dump_json()))


@of_each_event
def test_every_event_is_read_the_short_way(kind: Any) -> None:
    assert without_columns(kind) is not None


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
FINITE = st.floats(allow_nan=False, allow_infinity=False)
PLAIN: Mapping[Any, st.SearchStrategy[Any]] = {
    Any: st.recursive(st.none() | st.booleans() | st.integers(-9, 9) | TEXT, lambda each: st.lists(each, max_size=3)),
    bool: st.booleans(),
    int: st.integers(-(2**62), 2**62),
    float: FINITE,
    str: TEXT,
    UUID: st.uuids(),
    datetime: st.datetimes(timezones=st.just(UTC)).filter(lambda each: 1970 <= each.year < 2200),
    date: st.dates(date(1970, 1, 1), date(2200, 1, 1)),
}


def values(kind: Any) -> st.SearchStrategy[Any]:
    """Of an annotation."""
    origin, inside = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return st.one_of([st.none() if each is type(None) else values(each) for each in inside])
    if origin is Literal:
        return st.sampled_from(inside)
    if origin is not None and issubclass(origin, Mapping):
        return st.dictionaries(values(inside[0]), values(inside[1]), max_size=3)
    if origin is not None:
        return st.lists(values(inside[0]), max_size=3).map(origin)
    if kind in PLAIN:
        return PLAIN[kind]
    return st.sampled_from(kind) if issubclass(kind, Enum) else events(kind)


def events(kind: type[BaseModel]) -> st.SearchStrategy[Any]:
    """Unchecked, so whatever the annotations allow; a field with limits of its own keeps its specimen's value."""
    usual = specimen(kind)
    chosen = {
        name: st.just(getattr(usual, name)) if field.metadata else values(field.annotation)
        for name, field in kind.model_fields.items()
    }
    return st.fixed_dictionaries(chosen).map(lambda fields: kind.model_construct(**fields))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(list(CLASSES.values())).flatmap(events))
def test_whatever_an_event_says_it_is_read_as_pydantic_reads_it(event: DomainEvent) -> None:
    assert exactly(read(event)) == exactly(type(event).model_validate_json(event.model_dump_json()))


APPROVED = b'{"timestamp":"2026-01-05T12:00:00Z","review_id":"105f5869-1e07-5f32-adbf-142deb56dad1"'


@pytest.mark.parametrize(
    "state",
    [
        b"",
        b"{}",
        b"[]",
        APPROVED,
        APPROVED + b',"more":1}',
        APPROVED + b',"originator_version":7}',
        APPROVED.replace(b"review_id", b"id") + b"}",
        APPROVED.replace(b'"105f5869-1e07-5f32-adbf-142deb56dad1"', b"[]") + b"}",
        APPROVED.replace(b"2026-01-05", b"2026-13-05") + b"}",
    ],
)
def test_what_is_no_such_event_is_refused(state: bytes) -> None:
    with pytest.raises(ValidationError):
        reader(APPROVAL)(uuid4(), 2, state)


class Watchful(DomainEvent):
    """Its own hook wants to see the whole."""

    TOPIC = "Watchful"

    @model_validator(mode="after")
    def _second(self) -> Watchful:
        assert self.originator_version > 1
        return self


def test_a_class_with_hooks_of_its_own_sees_the_whole_event() -> None:
    watchful: Any = Watchful
    assert without_columns(watchful) is None
    state = b'{"timestamp":"2026-01-05T12:00:00Z"}'
    assert reader(watchful)(uuid4(), 2, state).originator_version == 2
    with pytest.raises(ValidationError):
        reader(watchful)(uuid4(), 1, state)


def test_ids_are_pythons_own_and_not_the_drivers() -> None:
    assert type(read(specimen(Supplier.Approved)).originator_id) is UUID


def test_events_are_decoded_without_an_event_loop() -> None:
    event: Any = specimen(Supplier.Approved)
    draft = Codec(APPROVAL).encode(event, NO_CIPHERS)
    stored = Stored(*draft, position=1, recorded_at=NOON, actor=None, command_id=None, correlation_id=None)
    assert decoded([stored], NO_CIPHERS) == [event]
