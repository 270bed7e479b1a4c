"""The log as a stream of rows exactly as PostgreSQL's binary COPY writes them: cut apart now, decoded later."""

from __future__ import annotations

import struct
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import suppress
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
        if not self._begun:
            if len(data) < HEADER:
                self._rest = data
                return
            at, self._begun = HEADER, True
        size, head, unpack, length = len(data), HEAD.size, HEAD.unpack_from, LENGTH.unpack_from
        with suppress(struct.error):  # the rest of this row comes with the next piece
            while True:
                fields, _, _, _, originator, _, _, _, _ = unpack(data, at)
                if fields != FIELDS:
                    break
                topic_at = at + head + 4
                for _ in NULLABLE:
                    (given,) = length(data, topic_at - 4)
                    topic_at += given + 4 if given > 0 else 4
                (given,) = length(data, topic_at - 4)
                topic_end = topic_at + given if given > 0 else topic_at
                (given,) = length(data, topic_end)
                state_at = topic_end + 4
                end = state_at + given if given > 0 else state_at
                if end > size:
                    break
                yield originator, data[topic_at:topic_end], data[state_at:end], data[at:end]
                at = end
        self._rest = data[at:]


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
