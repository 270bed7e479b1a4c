"""Events to what is stored and back: JSON, sealed where it is personal, brought up to date where it is old."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol
from uuid import UUID

from events.codec import Codec, codec_of
from events.fact import Fact
from events.sealing import MARK, Ciphers, persons
from events.stored import Draft, Stored


class Keyholder(Protocol):
    """Where the keys of persons are asked for."""

    async def ciphers(self, persons: Iterable[UUID]) -> Ciphers: ...
    async def ensure(self, *persons: UUID) -> Ciphers: ...


NO_CIPHERS: Ciphers = {}


class Mapper:
    """Waits only for keys that are not cached; whoever handles no personal data never waits."""

    def __init__(self, keyring: Keyholder) -> None:
        self._keyring = keyring
        self._codecs: dict[str, Codec] = {}

    async def drafts(self, facts: Sequence[Fact]) -> list[Draft]:
        """Ready to be recorded; makes keys for persons who have none yet."""
        codecs = [self._codec(fact.TOPIC) for fact in facts]
        whose = {person for codec, fact in zip(codecs, facts, strict=True) for person in codec.persons(fact)}
        ciphers = await self._keyring.ensure(*whose) if whose else NO_CIPHERS
        return [codec.encode(fact, ciphers) for codec, fact in zip(codecs, facts, strict=True)]

    async def facts(self, stored: Sequence[Stored]) -> list[Fact]:
        """Read back; what belonged to an erased person says "[erased]"."""
        whose = {person for each in stored if MARK in each.state for person in persons(each.state)}
        ciphers = await self._keyring.ciphers(whose) if whose else NO_CIPHERS
        return [self._codec(each.topic).decode(each, ciphers) for each in stored]

    def _codec(self, topic: str) -> Codec:
        codec = self._codecs.get(topic)
        if codec is None:
            codec = self._codecs[topic] = codec_of(topic)
        return codec
