"""A long log, fast: lives lived once, copied under other ids and names, day by day over two years, into the table."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from benchmarks.portfolio import lives
from benchmarks.portfolio.lives import NAME, Life
from benchmarks.portfolio.office import BUYER, NOW, MemoryOffice, register_staff
from benchmarks.portfolio.templates import ID, SCORES, SHARED
from suppliers.aggregate import DomainEvent

MIX: Sequence[tuple[Life, int]] = ((lives.grown, 94), (lives.audited, 6))
"""Of a hundred suppliers; about 50 events and five subjects each."""
BEGAN = NOW - timedelta(days=730)
DAYS = 560
"""On which lives begin; they go on for up to 230 more."""
COLUMNS = "position originator_id originator_version topic state recorded_at actor".split()
CHUNK = 20_000
VARIES = re.compile(rb"%s|%s" % (ID.pattern.encode(), NAME.encode()))
HIDDEN = {"originator_id", "originator_version"}

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Mould:
    """A fact with gaps where each life has something else. Nothing is sealed: keys are measured elsewhere."""

    topic: str
    version: int
    stream: bytes
    day: int
    pieces: Sequence[bytes]
    gaps: Sequence[bytes]

    @classmethod
    def of(cls, fact: DomainEvent, began: datetime) -> Mould:
        version = type(fact).class_version
        state = fact.model_dump_json(exclude=HIDDEN).encode()
        if version > 1:
            state = b'{"class_version":%d,' % version + state[1:]
        day = (fact.timestamp - began).days
        stream = str(fact.originator_id).encode()
        return cls(fact.TOPIC, fact.originator_version, stream, day, VARIES.split(state), VARIES.findall(state))

    def cast(self, life: int) -> bytes:
        found = [self.pieces[0]]
        for gap, piece in zip(self.gaps, self.pieces[1:], strict=True):
            found += (other(gap, life), piece)
        return b"".join(found)


def other(gap: bytes, life: int) -> bytes:
    """The id or the name that a life has in this place."""
    if gap == NAME.encode():
        return b"Supplier %06d" % life
    if gap.decode() in SHARED:
        return gap
    return gap[:-12] + b"%012x" % (int(gap[-12:], 16) ^ (life * 2_654_435_761) & 0xFFFFFFFFFFFF)


_known: list[tuple[list[Mould], int]] = []


async def moulds() -> list[tuple[list[Mould], int]]:
    """Every life, and its weight; lived once in a process."""
    found = _known
    for life, weight in MIX if not found else ():
        for score in SCORES:
            office = MemoryOffice()
            began = office.today
            await life(office, score)
            found.append(([Mould.of(fact, began) for fact in await office.facts()], weight))
    return found


async def rows(suppliers: int) -> AsyncIterator[Row]:
    """As they lie in the log: the staff, then everybody's days."""
    office = MemoryOffice()
    await register_staff(office)
    position = 0
    for fact in await office.facts():
        mould = Mould.of(fact, office.today)
        position += 1
        id = UUID(mould.stream.decode())
        yield position, id, mould.version, mould.topic, b"".join(_whole(mould)), BEGAN, BUYER.id
    kinds = await moulds()
    for day, life, kind, number in schedule(suppliers, kinds):
        position += 1
        mould = kinds[kind][0][number]
        id = UUID(other(mould.stream, life).decode())
        at = BEGAN + timedelta(days=day, seconds=position % 80_000)
        yield position, id, mould.version, mould.topic, mould.cast(life), at, BUYER.id


def schedule(suppliers: int, kinds: Sequence[tuple[list[Mould], int]]) -> list[tuple[int, int, int, int]]:
    """(day, life, kind, event), in the order in which they are recorded."""
    random = Random(7)
    chosen = random.choices(range(len(kinds)), [weight for _, weight in kinds], k=suppliers)
    found = []
    for life, kind in enumerate(chosen, 1):
        begins = random.randrange(DAYS)
        found += [(begins + mould.day, life, kind, number) for number, mould in enumerate(kinds[kind][0])]
    found.sort()
    return found


async def fill(connection: Any, suppliers: int) -> int:
    """How many events there are."""
    total, waiting = 0, []
    async for row in rows(suppliers):
        waiting.append(row)
        if len(waiting) == CHUNK:
            total += await _copy(connection, waiting)
    return total + await _copy(connection, waiting)


async def _copy(connection: Any, waiting: list[Row]) -> int:
    await connection.copy_records_to_table("event_log", records=waiting, columns=COLUMNS, timeout=600)
    copied = len(waiting)
    waiting.clear()
    return copied


def _whole(mould: Mould) -> Iterator[bytes]:
    for piece, gap in zip(mould.pieces, [*mould.gaps, b""], strict=True):
        yield piece
        yield gap
