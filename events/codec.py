"""One event class's way to its stored form and back, whatever version of the class wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast
from uuid import UUID

from eventsourcing.utils import TopicError, resolve_topic
from pydantic_core import from_json, to_json

from events.fact import Fact
from events.ids import Ids
from events.reading import COLUMNS, reader
from events.sealing import MARK, Ciphers, Place, seal, unseal
from events.stored import Draft, Stored

VERSION = b'{"class_version":'
"""Begins what a later version of a class wrote."""


class UnknownTopic(Exception):
    """No event of that name is known here: was it renamed without its old name being registered?"""


class FromTheFuture(Exception):
    """A newer version of the event's class wrote this than the one running."""


class Codec:
    """What is personal is sealed on the way in and opened on the way out."""

    def __init__(self, kind: type[Fact], ids: Ids | None = None) -> None:
        """With `ids`, an event's ids are taken from there."""
        self._kind = kind
        self._version = kind.class_version
        self._prefix = b'{"class_version":%d,' % self._version if self._version > 1 else b"{"
        self.versioned = self._version > 1
        self.read = reader(kind, ids)
        self._serialize = kind.__pydantic_serializer__.to_json
        self._personal = dict(kind.PERSONAL)

    def persons(self, fact: Fact) -> Iterator[UUID]:
        """Whose data the event holds."""
        return (person for _, person, _ in self._secrets(fact))

    def encode(self, fact: Fact, ciphers: Ciphers) -> Draft:
        place = Place(fact.originator_id, fact.originator_version, self._kind.TOPIC)
        secrets = list(self._secrets(fact))
        state = self._serialize(cast(Any, fact), exclude={*COLUMNS, *(field for field, _, _ in secrets)})
        if MARK in state:
            raise ValueError(f"{place.topic}: an object with the key '$sealed' would be taken for a sealed value")
        members = [state[1:-1]] if len(state) > 2 else []
        members += [
            b'"%s":%s' % (field.encode(), seal(text, person, ciphers.get(person), place, field))
            for field, person, text in secrets
        ]
        return Draft(*place, self._prefix + b",".join(members) + b"}")

    def decode(self, stored: Stored | Draft, ciphers: Ciphers) -> Fact:
        originator_id, version, topic, state = stored[:4]
        if MARK in state:
            state = unseal(state, ciphers, Place(originator_id, version, topic))
        if self.versioned or state.startswith(VERSION):
            state = self._current(state)
        return cast(Fact, self.read(originator_id, version, state))

    def _current(self, state: bytes) -> bytes:
        """The state without its version, as the running class would have written it."""
        if self._version > 1 and state.startswith(self._prefix):
            return b"{" + state[len(self._prefix) :]
        fields = from_json(state)
        written = fields.pop("class_version", 1)
        if written > self._version:
            raise FromTheFuture(f"{self._kind.TOPIC} version {written}, here {self._version}")
        for version in range(written, self._version):
            upcast = getattr(self._kind, f"upcast_v{version}_v{version + 1}")
            fields = upcast(fields) or fields
        return to_json(fields)

    def _secrets(self, fact: Fact) -> Iterator[tuple[str, UUID, str]]:
        for field, whose in self._personal.items():
            text, person = getattr(fact, field), getattr(fact, whose)
            if text is None:
                continue
            if person is None:
                raise ValueError(f"{self._kind.TOPIC}.{field} holds personal data, but {whose} does not say whose")
            yield field, UUID(str(person)), text


def codec_of(topic: str, ids: Ids | None = None) -> Codec:
    try:
        kind = resolve_topic(topic)
    except (TopicError, ImportError, AttributeError, ValueError) as unknown:
        raise UnknownTopic(topic) from unknown
    if not hasattr(kind, "__pydantic_validator__"):  # anything importable can be "resolved"
        raise UnknownTopic(topic)
    return Codec(kind, ids)
