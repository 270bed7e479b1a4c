"""One batch of the log folded into one view: rows loaded once, folded in memory, ready to be written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Generic, NamedTuple

from projections.view import R, View
from suppliers.ports import Recorded


class Indigestible(Exception):
    """An event that a view cannot digest."""

    def __init__(self, position: int, topic: str, reason: BaseException) -> None:
        super().__init__(f"{topic} at position {position}: {type(reason).__name__}: {reason}")
        self.position = position
        self.topic = topic


class Unfinished(Exception):
    """A folded row could not be completed."""


class Day(NamedTuple, Generic[R]):
    """A row as it was at the end of a day (so far), by the first and the last event that touched it on that day."""

    key: str
    day: date
    first: int
    last: int
    row: R | None


@dataclass
class Batch(Generic[R]):
    """What became of a view's rows; `fault` is the event that stopped it, `position` the last one digested.

    `days` has each row's days in order; the last one is as the row is now.
    """

    position: int
    rows: dict[str, R | None] = field(default_factory=dict)
    days: dict[str, list[Day[R]]] = field(default_factory=dict)
    fault: Indigestible | None = None


def note(days: dict[str, list[Day[R]]], key: str, row: R | None, position: int, day: date) -> None:
    """A row is like this since an event that was recorded on that day."""
    known = days.get(key)
    if known is None:
        days[key] = [Day(key, day, position, position, row)]
    elif known[-1][1] == day:
        known[-1] = Day(key, day, known[-1][2], position, row)
    else:
        known.append(Day(key, day, position, position, row))


def day_of(at: datetime) -> date:
    """Days are those of UTC."""
    return (at if at.tzinfo is UTC else at.astimezone(UTC)).date()


def keys_of(view: View[R], events: Sequence[Recorded]) -> set[str]:
    """The keys of the rows that a batch may change, as far as its events can be understood."""
    keys: set[str] = set()
    for recorded in events:
        try:
            keys.update(view.touched(recorded))
        except Exception:
            break  # the fold will say the same, and stop there
    return keys


def digest(view: View[R], loaded: Mapping[str, R], events: Sequence[Recorded], after: int) -> Batch[R]:
    """Fold events in order onto the rows loaded for them; stops before the first that cannot be digested."""
    batch: Batch[R] = Batch(position=after)
    present = dict(loaded)
    for recorded in events:
        try:
            changed = view.digest(present, recorded)
        except Exception as reason:
            batch.fault = fault(recorded, reason)
            break
        batch.rows.update(changed)
        daily = bool(changed) and view.makes_a_day(recorded)
        for key, row in changed.items():
            if daily:
                known = view.by_days(row)
                if known is not None or view.by_days(present.get(key)) is not None:
                    note(batch.days, key, known, recorded.position, day_of(recorded.recorded_at))
            if row is None:
                present.pop(key, None)
            else:
                present[key] = row
        batch.position = recorded.position
    return batch


def finish(view: View[R], rows: Mapping[str, R | None]) -> dict[str, R | None]:
    """The rows as they are kept."""
    try:
        return {key: None if row is None else view.finished(row) for key, row in rows.items()}
    except Exception as reason:
        raise Unfinished(f"{type(reason).__name__}: {reason}") from reason


def finish_days(view: View[R], batch: Batch[R], rows: Mapping[str, R | None]) -> list[Day[R]]:
    """The days as they are kept; each row's last one is as the finished row."""
    found: list[Day[R]] = []
    for key, days in batch.days.items():
        past = finish(view, {str(number): each.row for number, each in enumerate(days[:-1])})
        found += [each._replace(row=past[str(number)]) for number, each in enumerate(days[:-1])]
        found.append(days[-1] if days[-1].row is None else days[-1]._replace(row=rows[key]))
    return found


def fault(recorded: Recorded, reason: BaseException) -> Indigestible:
    """The event that stops a view, with the reason behind it."""
    found = Indigestible(recorded.position, recorded.topic, reason)
    found.__cause__ = reason
    return found
