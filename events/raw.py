"""Raw rows of the log straight into what its followers read."""

from __future__ import annotations

from datetime import timedelta
from struct import Struct
from typing import Any
from uuid import UUID

from asyncpg.pgproto import pgproto

from events.bulk import EPOCH, LENGTH
from events.codec import VERSION, Codec, codec_of
from events.feed import Recorded
from events.ids import Ids
from events.reading import Read
from events.sealing import MARK, Ciphers
from events.stored import Draft

ROW = Struct(">6xq4x16s4xq4xqi16siii")
"""Position, stream, version, time, the actor with its length, and three more lengths: what they are the lengths of
depends on what is there. Most rows have an actor, and either a command or not."""
BEHIND_ACTOR, BEHIND_NONE = 78, 62
ID = 16
ROOM = bytes(ROW.size)
"""Behind the last row, which may be shorter than what is unpacked."""


class Codecs(dict[bytes, tuple[str, Codec, Read | None]]):
    """By topic as it lies in a row, with the short way to read it if all versions of the class are alike."""

    def __init__(self, ids: Ids) -> None:
        super().__init__()
        self._ids = ids

    def __missing__(self, name: bytes) -> tuple[str, Codec, Read | None]:
        topic = name.decode()
        codec = codec_of(topic, self._ids)
        self[name] = found = (topic, codec, None if codec.versioned else codec.read)
        return found


class Raw:
    """One for a process: the ids and event classes it has met are at hand."""

    def __init__(self) -> None:
        self._ids = Ids()
        self._codecs = Codecs(self._ids)

    def recorded(self, data: bytes, ciphers: Ciphers) -> list[Recorded]:
        """Rows one after the other. Whoever is not in `ciphers` counts as erased."""
        found: list[Recorded] = []
        ids, codecs, keep, new = self._ids, self._codecs, found.append, tuple.__new__
        unpack, length, micros, moment = ROW.unpack_from, LENGTH.unpack_from, -1, EPOCH
        at, end = 0, len(data)
        actor: UUID | None
        data += ROOM
        while at < end:
            position, stream, version, given, size, who, second, third, fourth = unpack(data, at)
            if given != micros:
                micros, moment = given, EPOCH + timedelta(0, 0, given)
            actor = ids[who] if size == ID else None
            if size == ID and second == third == -1:
                command, correlation = None, None
                at, size = at + ROW.size, fourth
            else:
                command, correlation, at, size = _behind(data, at + (BEHIND_ACTOR if size == ID else BEHIND_NONE))
            topic, codec, read = codecs[data[at : (at := at + size)]]
            (size,) = length(data, at)
            at += 4
            state = data[at : (at := at + size)]
            if read is None or MARK in state or state.startswith(VERSION):
                fact: Any = codec.decode(Draft(ids[stream], version, topic, state), ciphers)
            else:
                fact = read(ids[stream], version, state)
            keep(new(Recorded, (position, fact, topic, moment, actor, command, correlation)))
        return found


def _behind(data: bytes, at: int) -> tuple[UUID | None, str | None, int, int]:
    """The command and what it correlates with; then where the topic begins, and its length."""
    command, correlation, length = None, None, LENGTH.unpack_from
    (size,) = length(data, at)
    at += 4
    if size == ID:
        command = pgproto.UUID(data[at : at + ID])
        at += ID
    (size,) = length(data, at)
    at += 4
    if size >= 0:
        correlation = data[at : at + size].decode()
        at += size
    (size,) = length(data, at)
    return command, correlation, at + 4, size
