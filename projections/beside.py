"""What was worked out of a row, kept beside it: it is no part of the row, and its next version has none of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from projections.changing import Row

R = TypeVar("R", bound=Row)
V = TypeVar("V")


class Beside(Generic[R, V]):
    """A place beside rows of a kind. `slot` is one of the names in `kind.__slots__`."""

    def __init__(self, kind: type[R], slot: str) -> None:
        self._get, self._put = vars(kind)[slot].__get__, vars(kind)[slot].__set__

    def of(self, row: R) -> V | None:
        try:
            found: V | None = self._get(row)
        except AttributeError:
            return None
        return found

    def keep(self, row: R, found: V) -> V:
        self._put(row, found)
        return found

    def forget(self, row: R) -> None:
        """The row is written on: what was found of it holds no more."""
        self._put(row, None)


def beside(kind: type[R], slot: str, make: Callable[[R], V]) -> Callable[[R], V]:
    """Calls `make` once for a row."""
    place: Beside[R, V] = Beside(kind, slot)

    def told(row: R) -> V:
        found = place.of(row)
        return place.keep(row, make(row)) if found is None else found

    return told
