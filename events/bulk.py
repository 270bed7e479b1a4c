"""The log as a stream of rows exactly as PostgreSQL's binary COPY writes them: cut apart now, decoded later."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from struct import Struct
from typing import Any

from asyncpg.pgproto.pgproto import UUID  # the driver's own: made in a fraction of the time

from events.stored import Stored

COLUMNS = "position, originator_id, originator_version, recorded_at, actor, command_id, correlation_id, topic, state"
"""In this order for ever: hashes are over rows as they are cut here. Before each value stands its length, four bytes,
-1 where there is none; the number nine is first."""
ROWS = f"""
SELECT {COLUMNS}
  FROM public.event_log WHERE position > {{after}} AND position <= {{until}}{{chosen}} ORDER BY position"""
OF_TOPICS = " AND topic IN ({topics})"
HEADER = 19
"""Bytes before the first row: signature, flags, and the length of an extension there is none of."""
FIELDS = 9
HEAD = Struct(">hiqi16siqiq")
"""How a row begins: the number of its fields, and four of known length."""
LENGTH = Struct(">i")
ID, NONE = 16, -1
"""Lengths of an id, and of nothing."""
ROW = Struct(">h4x8x4x16s4x8x4x8xi16xiii")
"""A row up to its topic, as most are: the number of its fields, the stream, and the lengths of an actor that is there,
of two values that are not, and of the topic."""
ROOM = bytes(ROW.size)
"""Behind the last row, which may be shorter."""
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
NULLABLE = ("actor", "command_id", "correlation_id")
FOR_EVER = 3600.0

Cut = tuple[bytes, bytes, bytes, bytes]
"""A stream's id, a topic, a state, and the whole row."""


async def copied(
    connection: Any, after: int, until: int, topics: Sequence[str], taken: Callable[[bytes], Awaitable[None]]
) -> None:
    """Positions after one and until another are handed over in pieces of any length."""
    quoted = ", ".join("'" + each.replace("'", "''") + "'" for each in topics)
    chosen = OF_TOPICS.format(topics=quoted) if topics else ""
    query = ROWS.format(after=int(after), until=int(until), chosen=chosen)
    await connection.copy_from_query(query, output=taken, format="binary", timeout=FOR_EVER)


class Cutter:
    """Cuts what comes from the database into rows."""

    def __init__(self) -> None:
        self._rest = b""
        self._begun = False

    def cut(self, piece: bytes) -> Iterator[Cut]:
        """The rows that are whole by now."""
        data, at = self._rest + piece, 0
        size = len(data)
        if not self._begun:
            if size < HEADER:
                self._rest = data
                return
            at, self._begun = HEADER, True
        data += ROOM
        unpack, length = ROW.unpack_from, LENGTH.unpack_from
        while at < size:  # the rest of the last row comes with the next piece
            fields, originator, actor, command, correlation, given = unpack(data, at)
            if fields != FIELDS:
                break
            topic_at = at + ROW.size
            if actor != ID or command != NONE or correlation != NONE:
                topic_at, given = _behind(data, at + HEAD.size)
                if topic_at > size:
                    break
            topic_end = topic_at + given
            (given,) = length(data, topic_end) if topic_end < size else (size,)
            state_at = topic_end + 4
            end = state_at + given
            if end > size:
                break
            yield originator, data[topic_at:topic_end], data[state_at:end], data[at:end]
            at = end
        self._rest = data[at:size]


def _behind(data: bytes, at: int) -> tuple[int, int]:
    """Where the topic begins, and its length; beyond the end if it is not there yet."""
    for _ in NULLABLE:
        if at + 4 > len(data):
            return len(data), 0
        (given,) = LENGTH.unpack_from(data, at)
        at += 4 + max(given, 0)
    if at + 4 > len(data):
        return len(data), 0
    return at + 4, LENGTH.unpack_from(data, at)[0]


def stored(data: bytes) -> list[Stored]:
    """Rows one after the other, as the recorder returns them."""
    found: list[Stored] = []
    at, head, length = 0, HEAD.size, LENGTH.unpack_from
    topics: dict[bytes, str] = {}
    micros, moment = -1, EPOCH
    while at < len(data):
        _, _, position, _, originator, _, version, _, given = HEAD.unpack_from(data, at)
        if given != micros:
            micros, moment = given, EPOCH + timedelta(microseconds=given)
        actor, at = _id(data, at + head)
        command, at = _id(data, at)
        (size,) = length(data, at)
        correlation = None if size < 0 else data[at + 4 : at + 4 + size].decode()
        at += 4 + max(size, 0)
        (size,) = length(data, at)
        name = data[at + 4 : at + 4 + size] if size > 0 else b""
        at += 4 + len(name)
        topic = topics.get(name) or topics.setdefault(name, name.decode())
        (size,) = length(data, at)
        state = data[at + 4 : at + 4 + size] if size > 0 else b""
        at += 4 + len(state)
        found.append(Stored(UUID(originator), version, topic, state, position, moment, actor, command, correlation))
    return found


def _id(data: bytes, at: int) -> tuple[UUID | None, int]:
    (size,) = LENGTH.unpack_from(data, at)
    if size < 0:
        return None, at + 4
    return UUID(data[at + 4 : at + 20]), at + 20
