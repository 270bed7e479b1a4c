"""Holds the events of a log against the hashes they were sealed with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from events.tree.findings import Finding, explained
from events.tree.leaf import Leaf

KEPT = 1_000
"""Differences that are kept to explain the first: who moved one event down moved all that follow."""


class Comparing:
    """Told of the sealed events in order."""

    def __init__(self) -> None:
        self.sealed = 0
        self.differences = 0
        self._first: int | None = None
        self._stray: Leaf | None = None
        self._actual: dict[int, Leaf] = {}
        self._sealed: dict[int, bytes] = {}

    def take(self, first: int, sealed: Sequence[bytes], leaves: Sequence[Leaf], hashes: Sequence[bytes]) -> None:
        """The events that stand where those from `first` on were sealed."""
        self.sealed = first + len(sealed) - 1
        if hashes != sealed:
            self._differ(first, sealed, leaves, hashes)

    def then(self, leaf: Leaf) -> None:
        """What stands behind the last seal: perhaps it was moved there."""
        self._actual.setdefault(leaf.position, leaf)

    def findings(self) -> Iterable[Finding]:
        if self._stray is not None:
            said = f"Inserted: something stands at position {self._stray.position}, where no event can be."
            yield Finding(self._stray.position, "inserted", said)
        if self._first is not None:
            yield explained(self._first, self._actual, self._sealed)

    def _differ(self, first: int, sealed: Sequence[bytes], leaves: Sequence[Leaf], hashes: Sequence[bytes]) -> None:
        there: dict[int, tuple[Leaf, bytes]] = {}
        for leaf, hash in zip(leaves, hashes, strict=True):
            if leaf.position in there or not first <= leaf.position < first + len(sealed):
                self._stray = self._stray or leaf
            else:
                there[leaf.position] = leaf, hash
        for position, known in enumerate(sealed, start=first):
            here = there.get(position)
            if here is None or here[1] != known:
                self._keep(position, known, here[0] if here else None)

    def _keep(self, position: int, known: bytes, leaf: Leaf | None) -> None:
        self._first = self._first or position
        self.differences += 1
        if self.differences > KEPT:
            return
        self._sealed[position] = known
        if leaf:
            self._actual[position] = leaf
