"""Proofs that a leaf is in a tree, and that a tree only grew since it was smaller."""

from __future__ import annotations

from collections.abc import Sequence

from events.tree.hashing import EMPTY, node_hash, split

Proof = list[bytes]


class Tree:
    """Every perfect subtree of a list of leaf hashes, so that any number of proofs is cheap."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self.size = len(leaves)
        self._levels = [leaves]
        while len(below := self._levels[-1]) > 1:
            self._levels.append([node_hash(*pair) for pair in zip(below[::2], below[1::2], strict=False)])

    @property
    def leaves(self) -> Sequence[bytes]:
        return self._levels[0]

    def root(self, size: int | None = None) -> bytes:
        """Of its first leaves, all by default."""
        return self._hash(0, self.size if size is None else size)

    def inclusion(self, index: int, size: int | None = None) -> Proof:
        """The path from the leaf at `index` (from 0) to the root of the first `size` leaves."""
        first, end = 0, self.size if size is None else size
        path: Proof = []
        while end - first > 1:
            middle = first + split(end - first)
            if index < middle:
                path.append(self._hash(middle, end))
                end = middle
            else:
                path.append(self._hash(first, middle))
                first = middle
        return path[::-1]

    def consistency(self, earlier: int, later: int | None = None) -> Proof:
        """That the first `earlier` leaves are the first ones of `later` leaves too."""
        first, end = 0, self.size if later is None else later
        path: Proof = []
        while earlier != end:
            middle = first + split(end - first)
            if earlier <= middle:
                path.append(self._hash(middle, end))
                end = middle
            else:
                path.append(self._hash(first, middle))
                first = middle
        return path[::-1] if first == 0 else [self._hash(first, end), *path[::-1]]

    def _hash(self, first: int, end: int) -> bytes:
        if first == end:
            return EMPTY
        width = end - first
        if width & (width - 1) == 0:
            return self._levels[width.bit_length() - 1][first // width]
        middle = first + split(width)
        return node_hash(self._hash(first, middle), self._hash(middle, end))


def included(leaf: bytes, index: int, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """RFC 9162, 2.1.3.2."""
    if not 0 <= index < size:
        return False
    node, last = leaf, size - 1
    for step in proof:
        if last == 0:
            return False
        if index & 1 or index == last:
            node = node_hash(step, node)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            node = node_hash(node, step)
        index, last = index >> 1, last >> 1
    return last == 0 and node == root


def consistent(earlier: int, root: bytes, later: int, later_root: bytes, proof: Sequence[bytes]) -> bool:
    """RFC 9162, 2.1.4.2."""
    if not 0 < earlier <= later:
        return False
    if earlier == later:
        return not proof and root == later_root
    path = [root, *proof] if earlier & (earlier - 1) == 0 else list(proof)
    if not path:
        return False
    index, last = earlier - 1, later - 1
    while index & 1:
        index, last = index >> 1, last >> 1
    old = new = path[0]
    for step in path[1:]:
        if last == 0:
            return False
        if index & 1 or index == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            new = node_hash(new, step)
        index, last = index >> 1, last >> 1
    return last == 0 and old == root and new == later_root
