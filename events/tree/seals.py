"""The seals in PostgreSQL: for each batch of events their hashes, and the root over all events so far."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any, NamedTuple

from events.tree.frontier import Frontier
from events.tree.hashing import SIZE

FIELDS = "SELECT first, size, root, frontier, leaves, sealed_at FROM public.log_seals"
LAST = f"{FIELDS} ORDER BY size DESC LIMIT 1"
AT = f"{FIELDS} WHERE size = $1"
ALL = f"{FIELDS} ORDER BY first, size"
NEXT = f"{FIELDS} WHERE size > $1 ORDER BY size LIMIT $2"
BEFORE = "SELECT coalesce(max(size), 0) FROM public.log_seals WHERE size < $1"
ADD = "INSERT INTO public.log_seals (first, size, root, frontier, leaves) VALUES ($1, $2, $3, $4, $5)"


class Seal(NamedTuple):
    """The tree when it had `size` leaves; `leaves` are the hashes of those from position `first` on."""

    first: int
    size: int
    root: bytes
    frontier: bytes
    leaves: bytes
    sealed_at: datetime

    @property
    def hashes(self) -> list[bytes]:
        return [self.leaves[at : at + SIZE] for at in range(0, len(self.leaves), SIZE)]

    @property
    def whole(self) -> bool:
        """Whether it has a hash for each position it names."""
        return 0 < self.first <= self.size and len(self.leaves) == SIZE * (self.size - self.first + 1)

    def open(self) -> Frontier:
        """What the next seal goes on from. ValueError when it is not what it was."""
        frontier = Frontier.load(self.size, self.frontier)
        if frontier.root() != self.root:
            raise ValueError("its root is not the one of its subtrees")
        return frontier


async def last(connection: Any) -> Seal | None:
    row = await connection.fetchrow(LAST)
    return Seal(*row) if row else None


async def at(connection: Any, size: int) -> Seal | None:
    row = await connection.fetchrow(AT, size)
    return Seal(*row) if row else None


async def before(connection: Any, position: int) -> int:
    """The size of the last seal that does not cover this position."""
    return int(await connection.fetchval(BEFORE, position))


async def after(connection: Any, size: int, limit: int) -> list[Seal]:
    return [Seal(*row) for row in await connection.fetch(NEXT, size, limit)]


async def every(connection: Any) -> AsyncIterator[Seal]:
    """All of them, a few at a time; inside a transaction."""
    async for row in connection.cursor(ALL, prefetch=50):
        yield Seal(*row)


async def add(connection: Any, frontier: Frontier, leaves: list[bytes]) -> None:
    """Seal the next events; `frontier` has them already."""
    first = frontier.size - len(leaves) + 1
    await connection.execute(ADD, first, frontier.size, frontier.root(), frontier.dump(), b"".join(leaves))
