"""An event as the bytes its hash is over: the row exactly as PostgreSQL's binary COPY writes it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from events.bulk import EPOCH, FIELDS, HEAD, LENGTH, Cutter, stored
from events.stored import Stored
from events.tree.hashing import leaf_hash

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
        (found,) = stored(self.data)
        return found


def encode(event: Stored) -> bytes:
    """The bytes of an event."""
    recorded_at = (event.recorded_at - EPOCH) // MICROSECOND
    head = HEAD.pack(
        FIELDS, 8, event.position, 16, event.originator_id.bytes, 8, event.originator_version, 8, recorded_at
    )
    values = (
        event.actor.bytes if event.actor else None,
        event.command_id.bytes if event.command_id else None,
        event.correlation_id.encode() if event.correlation_id is not None else None,
        event.topic.encode(),
        event.state,
    )
    return head + b"".join(LENGTH.pack(-1) if each is None else LENGTH.pack(len(each)) + each for each in values)


def rows(copied: bytes) -> Iterator[Leaf]:
    """The events of a whole binary COPY."""
    for *_, data in Cutter().cut(copied):
        _, _, position, _, stream, _, version, _, recorded_at = HEAD.unpack_from(data)
        yield Leaf(position, stream, version, recorded_at, data)
