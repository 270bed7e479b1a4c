"""The whole log for a rebuild, in any of its processes: raw rows by supplier, decoded with the keys of persons."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from cli.pool import Pool, open_pool
from events import bulk
from events.bulk import Cut
from events.feed import Recorded, legible
from events.keys import Keyring
from events.mapper import Mapper
from events.raw import Raw
from events.sealing import persons
from projections.rebuild import Source
from projections.rebuild.source import Taken
from suppliers.aggregate import AGGREGATES

CONNECTIONS = 2
MARK = b'"supplier_id":"'
ID = 36
TAIL = 12
"""Characters at the end of an id that tell it from others well enough."""
BEGINS, ENDS = len(MARK) + ID - TAIL, len(MARK) + ID


class WholeLog:
    """One for a process."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self._keyring = Keyring(pool)
        self._mapper = Mapper(self._keyring)
        self._raw = Raw()

    async def rows(self, after: int, until: int, topics: Sequence[str], taken: Taken) -> None:
        cutter = bulk.Cutter()

        async def cut(piece: bytes) -> None:
            taken(told_apart(cutter.cut(piece)))

        async with self.pool.acquire() as connection:
            await bulk.copied(connection, after, until, topics, cut)

    async def decoded(self, rows: bytes) -> Sequence[Recorded]:
        try:
            return self._raw.recorded(rows, await self._keyring.ciphers(set(persons(rows))))
        except Exception:  # which one was it?
            facts, others = await legible(bulk.stored(rows), self._mapper)
        if others:
            raise others[0]
        return facts


def whole_log(dsn: str) -> Source:
    return partial(_opened, dsn)


@asynccontextmanager
async def _opened(dsn: str) -> AsyncIterator[Any]:
    pool = await open_pool(dsn, connections=CONNECTIONS, name="tierce rebuild")
    try:
        yield WholeLog(pool)
    finally:
        pool.terminate()


def told_apart(rows: Iterable[Cut]) -> Iterator[tuple[int, bytes]]:
    """Each with a number for the supplier that it is about: no row of any view is about two. A person is by itself."""
    for originator, topic, state, row in rows:
        if _carries[topic] and (at := state.find(MARK)) >= 0:
            yield int(state[at + BEGINS : at + ENDS], 16), row
        else:
            yield int.from_bytes(originator[-TAIL // 2 :], "big"), row


class _Carriers(dict[bytes, bool]):
    """Topic -> whether every fact of that aggregate says which supplier it is about."""

    def __missing__(self, topic: bytes) -> bool:
        kind = AGGREGATES.get(topic.decode().split(".")[0])
        self[topic] = found = bool(kind and "supplier_id" in getattr(kind, "CARRIED", ()))
        return found


_carries = _Carriers()
