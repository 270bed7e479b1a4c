"""Many views folded side by side in memory, each event looked at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from projections.batch import Day, Indigestible, day_of, note, note_worth
from projections.view import Fold, Keys, Row, View
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
        self._by_day, self._worth = bool(view.by_day), view.worth is not None
        self.rows: dict[str, Row] = {}
        self.days: dict[str, list[Day[Any]]] = {}
        self.fault: Fault | None = None
        self.last = 0
        """The position of the last event that concerned the view."""

    def keep(self, key: str, row: Row | None, position: int, day: date) -> None:
        self.last = position
        if self._worth:
            note_worth(self.view, self.days, key, self.rows.get(key), row, position, day)
        elif self._by_day:
            note(self.days, key, row, position, day)
        if row is not None:
            self.rows[key] = row
        else:
            self.rows.pop(key, None)

    def stumbled(self, recorded: Recorded, reason: BaseException) -> None:
        found = Indigestible(recorded.position, recorded.topic, reason)
        self.fault = Fault(found.position, found.topic, str(found))
        self.rows, self.days = {}, {}


class Foldings:
    """Several views."""

    def __init__(self, views: Iterable[View[Any]]) -> None:
        self.all = [Folding(view) for view in views]
        self._interested: dict[type, list[tuple[Folding, Keys, Fold]]] = {}
        for folding in self.all:
            for event, (keys, fold) in folding.view.digests.items():
                self._interested.setdefault(event, []).append((folding, keys, fold))
        self._at: datetime | None = None
        self._day = date.min

    def take(self, events: Sequence[Recorded]) -> None:
        """Most views have the same key for an event: it is put in words once."""
        interested, known, key = self._interested, object(), ""
        for recorded in events:
            event = recorded.event
            if (wanted := interested.get(type(event))) is None:
                continue
            if recorded.recorded_at is not self._at:
                self._at, self._day = recorded.recorded_at, day_of(recorded.recorded_at)
            for folding, keys, fold in wanted:
                if folding.fault is not None:
                    continue
                try:
                    for each in keys(event, recorded):
                        if each is not known:
                            known, key = each, str(each)
                        row = fold(folding.rows.get(key), event, recorded)
                        folding.keep(key, row, recorded.position, self._day)
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
