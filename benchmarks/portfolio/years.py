"""A long log, fast: lives lived once, copied under other ids and names, day by day over two years, into the table."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

from benchmarks.portfolio import lives
from benchmarks.portfolio.lives import Life
from benchmarks.portfolio.moulds import Mould
from benchmarks.portfolio.office import BUYER, NOW, MemoryOffice, register_staff
from benchmarks.portfolio.templates import SCORES

MIX: Sequence[tuple[Life, int]] = ((lives.grown, 94), (lives.audited, 6))
"""Of a hundred suppliers; about 50 events and five subjects each."""
BEGAN = NOW - timedelta(days=730)
DAYS = 520
"""On which lives begin; they go on for up to 210 more."""
TARDY, DELAY = 200, 3
"""One in so many suppliers is kept on paper first, and typed in so many days later."""
APART = timedelta(milliseconds=5)
"""Facts of a day are recorded one after the other, from the time of day at which all of them happened."""
COLUMNS = "position originator_id originator_version topic state recorded_at actor".split()
CHUNK = 20_000

Row = tuple[Any, ...]


class Kind(NamedTuple):
    """A life that was lived, and of how many in a hundred."""

    began: datetime
    moulds: Sequence[Mould]
    weight: int


class Entry(NamedTuple):
    """What is recorded on a day, as a fact of a life; lives begin on days of their own."""

    day: int
    life: int
    number: int
    kind: int
    begins: int


_known: list[Kind] = []


async def kinds() -> list[Kind]:
    """Lived once in a process."""
    for life, weight in MIX if not _known else ():
        for score in SCORES:
            office = MemoryOffice()
            began = office.today
            await life(office, score)
            _known.append(Kind(began, [Mould.of(fact, began) for fact in await office.facts()], weight))
    return _known


async def rows(suppliers: int) -> AsyncIterator[Row]:
    """As they lie in the log: the staff, then everybody's days."""
    office = MemoryOffice(BEGAN - timedelta(days=1))
    await register_staff(office)
    position = 0
    for fact in await office.facts():
        mould = Mould.of(fact, office.today)
        position += 1
        yield position, fact.originator_id, mould.version, mould.topic, mould.cast(0, 0), office.today, BUYER.id
    for row in _copied(suppliers, await kinds(), position):
        yield row


def _copied(suppliers: int, known: Sequence[Kind], position: int) -> Iterator[Row]:
    moved = [(BEGAN - kind.began).days for kind in known]
    for day, entries in groupby(schedule(suppliers, known), key=itemgetter(0)):
        at = BEGAN + timedelta(days=day)
        for entry in entries:
            position, at = position + 1, at + APART
            mould = known[entry.kind].moulds[entry.number]
            days = moved[entry.kind] + entry.begins
            id = UUID(mould.stream(entry.life, 0).decode())
            yield position, id, mould.version, mould.topic, mould.cast(entry.life, days), at, BUYER.id


def schedule(suppliers: int, known: Sequence[Kind]) -> list[Entry]:
    """In the order in which it is recorded."""
    random = Random(7)
    chosen = random.choices(range(len(known)), [kind.weight for kind in known], k=suppliers)
    found = []
    for life, kind in enumerate(chosen, 1):
        begins = random.randrange(DAYS)
        recorded = begins + (0 if life % TARDY else DELAY)
        moulds = enumerate(known[kind].moulds)
        found += [Entry(recorded + mould.day, life, number, kind, begins) for number, mould in moulds]
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
