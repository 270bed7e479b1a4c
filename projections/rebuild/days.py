"""How rows were at the ends of days, noted while they are folded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from projections.rebuild.words import Record, Words
from projections.storage import FOR_EVER
from projections.view import Row, View


@dataclass(slots=True)
class End:
    """A row at the end of a day: put down once it is certain, by the first and last event of that day."""

    day: date
    first: int
    last: int
    put: Record | None = None


class Days:
    """Of all rows of a view."""

    def __init__(self, view: View[Any]) -> None:
        self._words = Words(view)
        self._known = view.by_days
        self._all = view.worth is None
        self._ends: dict[str, list[End]] = {}
        self.today: dict[str, End] = {}

    def end(self, key: str, row: Row | None) -> None:
        """What was noted of a day before is as the row is now, which may be written on next."""
        ends = self._ends.get(key)
        if ends is not None and ends[-1].put is None and (known := self._known(row)) is not None:
            ends[-1].put = self._words.of_day(key, known)

    def note(self, key: str, end: End | None, day: date, position: int, before: Row | None, row: Row | None) -> None:
        """An event changed a row, of which this is noted of the day so far."""
        if not self._all and self._known(row) is None and self._known(before) is None:
            return
        if end is not None:
            end.last = position
        else:
            self.today[key] = end = End(day, position, position)
            self._ends.setdefault(key, []).append(end)

    def told(self, rows: Mapping[str, Row], kept: Mapping[str, Record]) -> Iterator[Record]:
        """As they are written; a row's last day is the row as it is kept."""
        for key, ends in self._ends.items():
            last = ends[-1]
            if last.put is None and self._known(rows.get(key)) is not None:
                last.put = self._words.as_of_day(kept[key])
            untils = [*(each.day for each in ends[1:]), FOR_EVER]
            for each, until in zip(ends, untils, strict=True):
                if each.put is not None:
                    yield (key, each.day, until, each.first, each.last, *each.put)
                else:
                    yield (key, each.day, each.day, each.first, each.last, *self._words.nothing)
