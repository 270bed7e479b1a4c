"""What was made of a thing lately, found again by the thing itself: rows share their parts from event to event."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Remembered(Generic[K, V]):
    """Calls `make` once for a thing and the same further arguments; forgets all when it is full."""

    def __init__(self, make: Callable[..., V], *, most: int) -> None:
        self._make = make
        self._most = most
        self._kept: dict[int, tuple[K, tuple[Any, ...], V]] = {}

    def __call__(self, it: K, *further: Any) -> V:
        kept = self._kept.get(id(it))
        if kept is not None and kept[0] is it and kept[1] == further:
            return kept[2]
        if len(self._kept) >= self._most:
            self._kept.clear()
        made = self._make(it, *further)
        self._kept[id(it)] = (it, further, made)
        return made
