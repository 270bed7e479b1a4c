"""How rows were at the ends of days, noted while they are folded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from projections.rebuild.words import Record, Words
from projections.storage import FOR_EVER
from projections.view import Row, View


@dataclass(slots=True)
class End:
    """A row as it is at the end of a day so far, or put down for good; by the first and last event of that day."""

    day: date
    first: int
    last: int
    row: Row | None
    put: Record | None = None


class Days:
    """Of all rows of a view."""

    def __init__(self, view: View[Any]) -> None:
        self._words = Words(view)
        self._known = view.by_days
        self._ends: dict[str, list[End]] = {}

    def begin(self, key: str, day: date) -> End | None:
        """What is noted of this day already. What was noted of the day before is put down: the row may be written on
        now."""
        ends = self._ends.get(key)
        if ends is None:
            return None
        last = ends[-1]
        if last.day == day:
            return last
        if last.put is None and last.row is not None:
            last.put, last.row = self._words.of_day(key, last.row), None
        return None

    def note(self, key: str, end: End | None, day: date, position: int, before: Row | None, row: Row | None) -> None:
        """A row is like this since an event."""
        known = self._known(row)
        if known is None and self._known(before) is None:
            return
        if end is not None:
            end.last, end.row = position, known
        else:
            self._ends.setdefault(key, []).append(End(day, position, position, known))

    def told(self, kept: dict[str, Record]) -> Iterator[Record]:
        """As they are written; a row's last day is the row as it is kept."""
        for key, ends in self._ends.items():
            last = ends[-1]
            untils = [*(each.day for each in ends[1:]), FOR_EVER]
            for each, until in zip(ends, untils, strict=True):
                if each is last and each.row is not None:
                    yield (key, each.day, until, each.first, each.last, *self._words.as_of_day(kept[key]))
                elif each.put is not None:
                    yield (key, each.day, until, each.first, each.last, *each.put)
                else:
                    yield (key, each.day, each.day, each.first, each.last, *self._words.nothing)
