"""The hashes of RFC 9162 (and RFC 6962): leaves and nodes are told apart by their first byte."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

SIZE = 32
EMPTY = sha256().digest()
"""The root of no leaves."""


def leaf_hash(data: bytes) -> bytes:
    return sha256(b"\x00" + data).digest()


def leaf_hashes(many: Iterable[bytes]) -> list[bytes]:
    return [sha256(b"\x00" + data).digest() for data in many]


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def joined(perfect: Sequence[bytes]) -> bytes:
    """The root over perfect trees that stand side by side, the largest first."""
    if not perfect:
        return EMPTY
    root = perfect[-1]
    for left in reversed(perfect[:-1]):
        root = node_hash(left, root)
    return root


def split(size: int) -> int:
    """Leaves left of a tree's root: the largest power of two below its size."""
    return 1 << (size - 1).bit_length() - 1
