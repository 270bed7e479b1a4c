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


class Codecs(dict[str, Codec]):
    """By topic; each is made when it is first asked for."""

    def __missing__(self, topic: str) -> Codec:
        codec = self[topic] = codec_of(topic)
        return codec


NO_CIPHERS: Ciphers = {}
CODECS = Codecs()
"""What an event's class says of itself never changes while the process runs, so one table serves all."""


class Mapper:
    """Waits only for keys that are not cached; whoever handles no personal data never waits."""

    def __init__(self, keyring: Keyholder) -> None:
        self._keyring = keyring

    async def drafts(self, facts: Sequence[Fact]) -> list[Draft]:
        """Ready to be recorded; makes keys for persons who have none yet."""
        codecs = [CODECS[fact.TOPIC] for fact in facts]
        whose = {person for codec, fact in zip(codecs, facts, strict=True) for person in codec.persons(fact)}
        ciphers = await self._keyring.ensure(*whose) if whose else NO_CIPHERS
        return [codec.encode(fact, ciphers) for codec, fact in zip(codecs, facts, strict=True)]

    async def facts(self, stored: Sequence[Stored]) -> list[Fact]:
        """Read back; what belonged to an erased person says "[erased]"."""
        whose = whose_keys(stored)
        return decoded(stored, await self._keyring.ciphers(whose) if whose else NO_CIPHERS)


def whose_keys(stored: Iterable[Stored]) -> set[UUID]:
    """The persons whose keys it takes to read these; most need none."""
    return {person for each in stored if MARK in each[3] for person in persons(each[3])}


def decoded(stored: Iterable[Stored], ciphers: Ciphers) -> list[Fact]:
    """For whoever has the keys at hand, with no event loop: whom `ciphers` does not know counts as erased."""
    codecs = CODECS
    return [codecs[each[2]].decode(each, ciphers) for each in stored]
