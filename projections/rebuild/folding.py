"""Many views folded side by side in memory, each event looked at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from projections.batch import Indigestible, day_of
from projections.changing import alone
from projections.rebuild.days import Days
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
        self.rows: dict[str, Row] = {}
        self.days = Days(view) if view.by_day else None
        self.fault: Fault | None = None
        self.last = 0
        """The position of the last event that concerned the view."""

    def stumbled(self, recorded: Recorded, reason: BaseException) -> None:
        found = Indigestible(recorded.position, recorded.topic, reason)
        self.fault = self.fault or Fault(found.position, found.topic, str(found))
        self.rows, self.days = {}, None


Folds = list[tuple[Folding, Fold, bool]]
"""Of views, and whether days have anything of what each changes."""
Wanted = list[tuple[Keys, Folds]]
"""By the way to the keys: most views have the same for an event, so that they are asked for once."""


class Foldings:
    """Several views."""

    def __init__(self, views: Iterable[View[Any]]) -> None:
        self.all = [Folding(view) for view in views]
        self._interested = {kind: _wanted(kind, self.all) for each in self.all for kind in each.view.digests}
        self._at: datetime | None = None
        self._day = date.min

    def take(self, events: Sequence[Recorded]) -> None:
        """Nobody else has these rows."""
        with alone():
            self._take(events)

    def _take(self, events: Sequence[Recorded]) -> None:
        interested = self._interested
        for recorded in events:
            event = recorded.event
            if (wanted := interested.get(type(event))) is None:
                continue
            if recorded.recorded_at is not self._at:
                self._turn(recorded.recorded_at)
            for keys, folds in wanted:
                try:
                    found = keys(event, recorded)
                except Exception as reason:
                    for folding, *_ in folds:
                        folding.stumbled(recorded, reason)
                    continue
                for key in found:
                    self._fold(key, folds, event, recorded)

    def _turn(self, at: datetime) -> None:
        """Events are in order, and so are the days on which they were recorded."""
        self._at = at
        if (day := day_of(at)) != self._day:
            self._day = day
            for folding in self.all:
                if folding.days is not None:
                    folding.days.today.clear()

    def _fold(self, key: str, folds: Folds, event: Any, recorded: Recorded) -> None:
        for folding, fold, by_day in folds:
            if folding.fault is None:
                try:
                    rows, days = folding.rows, folding.days
                    before = rows.get(key)
                    if days is None or not by_day:
                        row = fold(before, event, recorded)
                    else:
                        if (end := days.today.get(key)) is None:
                            days.end(key, before)
                        row = fold(before, event, recorded)
                        days.note(key, end, self._day, recorded.position, before, row)
                except Exception as reason:
                    folding.stumbled(recorded, reason)
                else:
                    folding.last = recorded.position
                    if row is None:
                        rows.pop(key, None)
                    elif row is not before:
                        rows[key] = row

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


def _wanted(kind: type, foldings: Iterable[Folding]) -> Wanted:
    wanted: dict[Keys, Folds] = {}
    for folding in foldings:
        if (digestion := folding.view.digests.get(kind)) is not None:
            wanted.setdefault(digestion.keys, []).append((folding, digestion.fold, digestion.by_day))
    return list(wanted.items())


def earliest(found: Iterable[Mapping[str, Fault]]) -> dict[str, Fault]:
    """For each view the first event that it cannot digest."""
    first: dict[str, Fault] = {}
    for faults in found:
        for name, fault in faults.items():
            first[name] = min(first.get(name, fault), fault)
    return first
