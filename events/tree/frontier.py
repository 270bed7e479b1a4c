"""The right edge of a growing tree: all it takes to go on."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from events.tree.hashing import SIZE, joined


class Frontier:
    """Roots of the perfect trees that the first `size` leaves fall into, the largest first."""

    __slots__ = ("perfect", "size")

    def __init__(self, size: int = 0, perfect: Iterable[bytes] = ()) -> None:
        self.size = size
        self.perfect = list(perfect)
        if len(self.perfect) != size.bit_count():
            raise ValueError(f"a tree of {size} leaves does not fall into {len(self.perfect)} perfect ones")

    @classmethod
    def load(cls, size: int, kept: bytes) -> Frontier:
        return cls(size, (kept[at : at + SIZE] for at in range(0, len(kept), SIZE)))

    def dump(self) -> bytes:
        return b"".join(self.perfect)

    def add(self, leaves: Iterable[bytes]) -> None:
        """Hashes of the next leaves."""
        perfect, size, hashed = self.perfect, self.size, sha256  # asked a million times: no call of our own between
        for node in leaves:
            full = size
            while full & 1:
                node = hashed(b"\x01" + perfect.pop() + node).digest()
                full >>= 1
            perfect.append(node)
            size += 1
        self.size = size

    def root(self) -> bytes:
        return joined(self.perfect)
