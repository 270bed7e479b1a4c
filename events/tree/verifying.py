"""Checks a whole log against its seals, its signed heads and its own order, in one pass."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime
from itertools import chain
from typing import Any, NamedTuple

from events.tree import seals
from events.tree.comparing import Comparing
from events.tree.findings import Finding
from events.tree.frontier import Frontier
from events.tree.hashing import leaf_hashes
from events.tree.leaf import Leaf
from events.tree.ordering import Ordering
from events.tree.reading import END, START, between
from events.tree.seals import Seal

WINDOW = 10_000
"""Events read in one go, about."""

RANK = {"disordered": 1, "seal": 2, "head": 3}
"""What names an event says more than what names a seal, and that more than what a head can tell."""

MAX = "SELECT coalesce(max(position), 0) FROM public.event_log"
Moved = Callable[[int, int], None]


class Known(NamedTuple):
    """A head that somebody kept, once its signature was checked."""

    size: int
    root: bytes
    time: str


class Verdict(NamedTuple):
    """What was checked; `findings` tell the first event first; empty when all is well."""

    events: int
    streams: int
    sealed: int
    root: bytes
    """Of all the events, sealed or not, as they should be."""
    last_sealed_at: datetime | None
    heads: int
    findings: Sequence[Finding]


class Window(NamedTuple):
    """Events past `after`, up to `until`, and the seals they should agree with, if they are sealed."""

    after: int
    until: int
    seals: Sequence[Seal]


class Verifying:
    """One pass; made anew for each."""

    def __init__(self, connection: Any, heads: Sequence[Known] = (), *, window: int = WINDOW) -> None:
        self._connection, self._window = connection, window
        self._heads = sorted(heads)
        self._passed: Known | None = None
        self._tree, self._ordering = Frontier(), Ordering()
        self._comparing = Comparing()
        self._findings: list[Finding] = []
        self._last: datetime | None = None
        self._agreed = 0

    async def run(self, moved: Moved) -> Verdict:
        """Everything, as it was at one moment."""
        async with self._connection.transaction(isolation="repeatable_read", readonly=True):
            total = await self._connection.fetchval(MAX)
            async for window in self._windows(total):
                leaves = await between(self._connection, window.after, window.until)
                self._take(window, leaves)
                moved(min(window.until, total), total)
        self._findings += [*self._comparing.findings(), *self._ordering.findings]
        self._findings += [self._short(head, total) for head in self._heads]
        found = sorted(self._findings, key=lambda each: (RANK.get(each.kind, 0), each.position))
        seen = self._ordering
        root, sealed = self._tree.root(), self._comparing.sealed
        return Verdict(seen.events, seen.streams, sealed, root, self._last, self._agreed, found)

    async def _windows(self, total: int) -> AsyncIterator[Window]:
        """Along the seals, then along what is not sealed; together they hold every position there could be."""
        after, size, kept = START, 0, list[Seal]()
        async for seal in seals.every(self._connection):
            if not seal.whole or seal.first <= size:
                self._seal(seal, "is not one that the sealer could have made")
                continue
            if seal.first > size + 1:
                self._findings.append(
                    Finding(size + 1, "seal", f"The seals of {size + 1} to {seal.first - 1} are gone.")
                )
                if kept:
                    yield Window(after, size, kept)
                    after, kept = size, []
                yield Window(after, seal.first - 1, [])
                after = seal.first - 1
            kept.append(seal)
            size = seal.size
            if size - after >= self._window and size - kept[0].first >= self._window - 1:
                yield Window(after, size, kept)
                after, kept = size, []
        if kept:
            yield Window(after, size, kept)
            after = size
        while (size := size + self._window) < total:
            yield Window(after, size, [])
            after = size
        yield Window(after, END, [])

    def _take(self, window: Window, leaves: Sequence[Leaf]) -> None:
        hashes = leaf_hashes([leaf.data for leaf in leaves])
        if window.seals:
            sealed = [seal.hashes for seal in window.seals]
            self._comparing.take(window.seals[0].first, list(chain.from_iterable(sealed)), leaves, hashes)
            for seal, known in zip(window.seals, sealed, strict=True):
                self._grow(known)
                if self._tree.root() != seal.root:
                    self._seal(seal, "does not fit its own hashes")
                self._last = seal.sealed_at
        else:
            self._grow(hashes)
            if leaves and window.after == self._comparing.sealed:
                self._comparing.then(leaves[0])
        self._ordering.take(leaves)

    def _grow(self, hashes: Sequence[bytes]) -> None:
        """Stop at each size that a head was signed for."""
        while self._heads and self._heads[0].size <= self._tree.size + len(hashes):
            head = self._heads.pop(0)
            some = head.size - self._tree.size
            self._tree.add(hashes[:some])
            hashes = hashes[some:]
            self._hold_against(head)
        self._tree.add(hashes)

    def _short(self, head: Known, total: int) -> Finding:
        said = f"The log has {total} events, and on {head.time} a head was signed over {head.size}"
        return Finding(self._agrees_until + 1, "head", f"{said}: {head.size - total} were removed{self._since}.")

    @property
    def _agrees_until(self) -> int:
        return self._passed.size if self._passed else 0

    @property
    def _since(self) -> str:
        return f"; up to {self._passed.size} they are those of {self._passed.time}" if self._passed else ""

    def _hold_against(self, head: Known) -> None:
        if head.root == self._tree.root():
            self._passed, self._agreed = head, self._agreed + 1
            return
        said = f"The events up to {head.size} are not those of the head signed on {head.time}"
        where = "Log and seals were both rewritten, or this is not the same log."
        self._findings.append(Finding(self._agrees_until + 1, "head", f"{said}{self._since}. {where}"))

    def _seal(self, seal: Seal, wrong: str) -> None:
        said = f"The seal of events {seal.first} to {seal.size} {wrong}."
        self._findings.append(Finding(seal.first, "seal", said))
