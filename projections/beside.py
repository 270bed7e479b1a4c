"""What was worked out of a row, kept beside it: it is no part of the row, and its next version has none of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from projections.changing import Row

R = TypeVar("R", bound=Row)
V = TypeVar("V")


def beside(kind: type[R], slot: str, make: Callable[[R], V]) -> Callable[[R], V]:
    """Calls `make` once for a row. `slot` is one of the names in `kind.__slots__`."""
    get, put = vars(kind)[slot].__get__, vars(kind)[slot].__set__

    def told(row: R) -> V:
        try:
            found: V = get(row)
        except AttributeError:
            put(row, found := make(row))
        return found

    return told
