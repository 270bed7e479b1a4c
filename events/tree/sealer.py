"""Seals the log behind those who write it, and goes on only while what was sealed is still as it was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, NoReturn

import asyncpg

from events.tree import seals, telling
from events.tree.findings import Finding, LogChanged, explained
from events.tree.frontier import Frontier
from events.tree.leaf import Leaf
from events.tree.reading import between
from events.tree.seals import Seal

BATCH = 1_000
"""Events sealed, or looked at again, in one go: a few milliseconds in which nothing else runs in this process."""

NAME = "sealer"
ADVANCE = """
INSERT INTO public.checkpoints (name, position) VALUES ($1, $2)
ON CONFLICT (name) DO UPDATE SET position = excluded.position
"""
"""So that how far it has come is seen beside the other readers of the log."""
OTHERS = "Somebody else wrote, changed or removed seals of the log."


class Signed(NamedTuple):
    """A size and root that are known from outside of the database."""

    size: int
    root: bytes


class Sealer:
    """One at a time. `changed` remembers a finding, as the database does, so that a new start looks there first."""

    def __init__(self, pool: asyncpg.Pool, *, batch: int = BATCH) -> None:
        self._pool, self._batch = pool, batch
        self._frontier = Frontier()
        self._patrolled = 0
        self.changed: Finding | None = None

    @property
    def size(self) -> int:
        return self._frontier.size

    @property
    def root(self) -> bytes:
        return self._frontier.root()

    async def begin(self, known: Sequence[Signed] = ()) -> None:
        """Take up where the last seal ends, if it is the one that was made, and agrees with what was signed."""
        async with self._pool.acquire() as connection:
            seal = await seals.last(connection)
            frontier = self._opened(seal) if seal else Frontier()
            for head in known:
                await self._agrees(connection, head)
            await self._still_ours(connection)
            if found := await telling.told(connection) or self.changed:
                await self._look(connection, await seals.before(connection, found.position))
        self._frontier, self.changed = frontier, None

    async def seal(self) -> int:
        """Seal the next batch; how many events there were. The last batch is looked at again first."""
        async with self._pool.acquire() as connection, connection.transaction():
            await self._ours(connection)
            leaves = await between(connection, self.size, self.size + self._batch)
            if not leaves:
                return 0
            grown = Frontier(self.size, self._frontier.perfect)
            hashes = self._in_order(leaves)
            grown.add(hashes)
            await seals.add(connection, grown, hashes)
            await connection.execute(ADVANCE, NAME, grown.size)
        self._frontier = grown
        return len(leaves)

    async def patrol(self) -> None:
        """Look at some old events again, the next ones each time, from the first after the last."""
        async with self._pool.acquire() as connection:
            self._patrolled = await self._look(connection, self._patrolled)

    async def _ours(self, connection: Any) -> None:
        seal = await seals.last(connection)
        if ((seal.size, seal.root) if seal else (0, Frontier().root())) != (self.size, self.root):
            self._stop(Finding(self.size, "seal", OTHERS))
        if seal:
            self._compare([seal], await between(connection, seal.first - 1, seal.size))

    async def _still_ours(self, connection: Any) -> None:
        """What it sealed last before it stopped; others of its kind may have gone on from there."""
        if not self.size:
            return
        seal = await seals.at(connection, self.size)
        if seal is None or seal.root != self.root:
            self._stop(Finding(self.size, "seal", OTHERS))

    async def _look(self, connection: Any, after: int) -> int:
        """Compare the seals past `after` with the log; where to go on, 0 at the end."""
        found = await seals.after(connection, after, limit=self._batch)
        window = [seal for n, seal in enumerate(found) if n == 0 or seal.size <= after + self._batch]
        if not window:
            return 0
        for before, seal in zip([after, *(each.size for each in window)], window, strict=False):
            if seal.first != before + 1:
                self._stop(Finding(before + 1, "seal", f"The seals of events from {before + 1} on were removed."))
        self._compare(window, await between(connection, after, window[-1].size))
        return window[-1].size

    def _compare(self, window: Sequence[Seal], leaves: Sequence[Leaf]) -> None:
        sealed = [each for seal in window for each in seal.hashes]
        if [leaf.hash for leaf in leaves] == sealed:
            return
        expected = dict(enumerate(sealed, start=window[0].first))
        actual = {leaf.position: leaf for leaf in leaves}
        differing = [at for at, known in expected.items() if at not in actual or actual[at].hash != known]
        self._stop(explained(differing[0], actual, expected))

    def _in_order(self, leaves: Sequence[Leaf]) -> list[bytes]:
        for position, leaf in enumerate(leaves, start=self.size + 1):
            if leaf.position != position:
                self._stop(Finding(position, "removed", f"Event {position} was removed before it was sealed."))
        return [leaf.hash for leaf in leaves]

    def _opened(self, seal: Seal) -> Frontier:
        try:
            return seal.open()
        except ValueError as wrong:
            self._stop(
                Finding(seal.first, "seal", f"The seal of events {seal.first} to {seal.size} was changed: {wrong}.")
            )

    async def _agrees(self, connection: Any, head: Signed) -> None:
        seal = await seals.at(connection, head.size)
        if seal is None or seal.root != head.root:
            said = f"The seals do not agree with the head that was signed over the first {head.size} events."
            self._stop(Finding(head.size, "head", said))

    def _stop(self, finding: Finding) -> NoReturn:
        self.changed = finding
        raise LogChanged(finding)
