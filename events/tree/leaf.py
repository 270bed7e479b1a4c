"""An event as the bytes its hash is over: the row exactly as PostgreSQL's binary COPY writes it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from struct import Struct, pack
from typing import NamedTuple
from uuid import UUID

from events.stored import Stored
from events.tree.hashing import leaf_hash

COLUMNS = "position, originator_id, originator_version, recorded_at, actor, command_id, correlation_id, topic, state"
"""In this order. Before each value stands its length, four bytes, -1 where there is none; the number nine is first."""

HEAD = Struct(">hiqi16siqiq")
LENGTH = Struct(">i")
OPENING, CLOSING = 19, 2
"""Bytes of a COPY before its first row and after its last."""

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class Leaf(NamedTuple):
    """The bytes, and of what they say what is checked of every event. `recorded_at` is µs since 2000, UTC."""

    position: int
    stream: bytes
    version: int
    recorded_at: int
    data: bytes

    @property
    def hash(self) -> bytes:
        return leaf_hash(self.data)

    def hash_at(self, position: int) -> bytes:
        """What its hash would be if it stood elsewhere."""
        return leaf_hash(self.data[:6] + position.to_bytes(8, "big", signed=True) + self.data[14:])

    @property
    def stored(self) -> Stored:
        actor, command, correlation, topic, state = _values(self.data)
        return Stored(
            UUID(bytes=self.stream),
            self.version,
            (topic or b"").decode(),
            state or b"",
            self.position,
            EPOCH + self.recorded_at * MICROSECOND,
            UUID(bytes=actor) if actor is not None else None,
            UUID(bytes=command) if command is not None else None,
            correlation.decode() if correlation is not None else None,
        )


def encode(event: Stored) -> bytes:
    """The bytes of an event."""
    recorded_at = (event.recorded_at - EPOCH) // MICROSECOND
    head = HEAD.pack(9, 8, event.position, 16, event.originator_id.bytes, 8, event.originator_version, 8, recorded_at)
    values = (
        event.actor.bytes if event.actor else None,
        event.command_id.bytes if event.command_id else None,
        event.correlation_id.encode() if event.correlation_id is not None else None,
        event.topic.encode(),
        event.state,
    )
    return head + b"".join(pack(">i", -1) if each is None else pack(">i", len(each)) + each for each in values)


def rows(copied: bytes) -> Iterator[Leaf]:
    """The events of a whole binary COPY."""
    head, length = HEAD.unpack_from, LENGTH.unpack_from
    at, end = OPENING, len(copied) - CLOSING
    while at < end:
        _, _, position, _, stream, _, version, _, recorded_at = head(copied, at)
        after = at + HEAD.size
        for _ in range(5):
            (size,) = length(copied, after)
            after += size + 4 if size > 0 else 4
        yield Leaf(position, stream, version, recorded_at, copied[at:after])
        at = after


def _values(data: bytes) -> Iterator[bytes | None]:
    at = HEAD.size
    for _ in range(5):
        (size,) = LENGTH.unpack_from(data, at)
        at += 4
        yield None if size < 0 else data[at : at + size]
        at += max(size, 0)
