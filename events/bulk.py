"""The log as a stream of rows in PostgreSQL's own form, for whoever reads all of it: cut apart now, decoded later."""

from __future__ import annotations

import struct
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from struct import Struct
from typing import Any

from asyncpg.pgproto.pgproto import UUID  # the driver's own: made in a fraction of the time

from events.stored import Stored

ROWS = """
SELECT position, originator_id, originator_version, topic, state, recorded_at, actor, command_id, correlation_id
  FROM public.event_log WHERE position > {after} AND position <= {until}{chosen} ORDER BY position"""
OF_TOPICS = " AND topic IN ({topics})"
HEADER = 19
"""Bytes before the first row: signature, flags, and the length of an extension there is none of."""
FIELDS = 9
FIXED = Struct(">hiqi16siqi")
"""How a row begins: the number of its fields, three of known length, and the length of the topic."""
LENGTH = Struct(">i")
MICROSECONDS = Struct(">iq")
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
        size, fixed, unpack, length = len(data), FIXED.size, FIXED.unpack_from, LENGTH.unpack_from
        with suppress(struct.error):  # the rest of this row comes with the next piece
            while True:
                fields, _, _, _, originator, _, _, topic_size = unpack(data, at)
                if fields != FIELDS:
                    break
                topic_at = at + fixed
                topic_end = topic_at + topic_size
                end = topic_end + 4 + length(data, topic_end)[0]
                tail = end + MICROSECONDS.size
                for _ in NULLABLE:
                    (given,) = length(data, tail)
                    tail += given + 4 if given > 0 else 4
                if tail > size:
                    break
                yield originator, data[topic_at:topic_end], data[topic_end + 4 : end], data[at:tail]
                at = tail
        self._rest = data[at:]


def stored(data: bytes) -> list[Stored]:
    """Rows one after the other, as the recorder returns them."""
    found: list[Stored] = []
    at, fixed, length = 0, FIXED.size, LENGTH.unpack_from
    topics: dict[bytes, str] = {}
    micros, moment = -1, EPOCH
    while at < len(data):
        _, _, position, _, originator, _, version, topic_size = FIXED.unpack_from(data, at)
        at += fixed
        name = data[at : at + topic_size]
        topic = topics.get(name) or topics.setdefault(name, name.decode())
        at += topic_size
        (size,) = length(data, at)
        state = data[at + 4 : at + 4 + size]
        at += 4 + size
        _, given = MICROSECONDS.unpack_from(data, at)
        if given != micros:
            micros, moment = given, EPOCH + timedelta(microseconds=given)
        at += 12
        actor, at = _id(data, at)
        command, at = _id(data, at)
        (size,) = length(data, at)
        correlation = None if size < 0 else data[at + 4 : at + 4 + size].decode()
        at += 4 + max(size, 0)
        found.append(Stored(UUID(originator), version, topic, state, position, moment, actor, command, correlation))
    return found


def _id(data: bytes, at: int) -> tuple[UUID | None, int]:
    (size,) = LENGTH.unpack_from(data, at)
    if size < 0:
        return None, at + 4
    return UUID(data[at + 4 : at + 20]), at + 20
