"""Many views folded side by side in memory, each event looked at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from projections.batch import Day, day_of
from projections.view import Digestion, Row, View
from suppliers.ports import Recorded


class Fault(NamedTuple):
    """What a view cannot digest."""

    position: int
    topic: str
    said: str


class Folding:
    """One view's rows so far. A view that stumbled takes no more."""

    def __init__(self, view: View[Any]) -> None:
        self.view = view
        self.rows: dict[str, Row] = {}
        self.days: dict[str, list[Day[Any]]] = {}
        self.fault: Fault | None = None
        self.last = 0
        """The position of the last event that concerned the view."""

    def take(self, digestion: Digestion, recorded: Recorded, day: date) -> None:
        rows, position = self.rows, recorded.position
        self.last = position
        for each in digestion.keys(recorded.event, recorded):
            key = str(each)
            row = digestion.fold(rows.get(key), recorded.event, recorded)
            if row is not None:
                rows[key] = row
            else:
                rows.pop(key, None)
            if self.view.by_day:
                known = self.days.setdefault(key, [])
                if known and known[-1][1] == day:
                    known[-1] = Day(key, day, known[-1][2], position, row)
                else:
                    known.append(Day(key, day, position, position, row))

    def stumbled(self, recorded: Recorded, reason: BaseException) -> None:
        said = f"{recorded.topic} at position {recorded.position}: {type(reason).__name__}: {reason}"
        self.fault = Fault(recorded.position, recorded.topic, said)
        self.rows, self.days = {}, {}


class Foldings:
    """Several views."""

    def __init__(self, views: Iterable[View[Any]]) -> None:
        self.all = [Folding(view) for view in views]
        self._interested: dict[type, list[tuple[Folding, Digestion]]] = {}
        for folding in self.all:
            for event, digestion in folding.view.digests.items():
                self._interested.setdefault(event, []).append((folding, digestion))
        self._at: datetime | None = None
        self._day = date.min

    def take(self, events: Sequence[Recorded]) -> None:
        interested = self._interested
        for recorded in events:
            if (wanted := interested.get(type(recorded.event))) is None:
                continue
            if recorded.recorded_at is not self._at:
                self._at, self._day = recorded.recorded_at, day_of(recorded.recorded_at)
            for folding, digestion in wanted:
                if folding.fault is None:
                    try:
                        folding.take(digestion, recorded, self._day)
                    except Exception as reason:
                        folding.stumbled(recorded, reason)

    def unreadable(self, reason: Exception) -> None:
        """The event that cannot be read stops all of them; an error that names none is no event's."""
        position: int | None = getattr(reason, "position", None)
        if position is None:
            raise reason
        for folding in self.all:
            topic = getattr(reason, "topic", "")
            folding.fault = folding.fault or Fault(position, topic, f"The log cannot be read: {reason}")

    @property
    def faults(self) -> dict[str, Fault]:
        return {each.view.name: each.fault for each in self.all if each.fault is not None}


def earliest(found: Iterable[Mapping[str, Fault]]) -> dict[str, Fault]:
    """For each view the first event that it cannot digest."""
    first: dict[str, Fault] = {}
    for faults in found:
        for name, fault in faults.items():
            first[name] = min(first.get(name, fault), fault)
    return first


def topics(views: Iterable[View[Any]]) -> Iterator[str]:
    """The stored names of all that these views digest."""
    yield from sorted({event.TOPIC for view in views for event in view.digests})
