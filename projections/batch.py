"""One batch of the log folded into one view: rows loaded once, folded in memory, ready to be written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic

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


@dataclass
class Batch(Generic[R]):
    """What became of a view's rows; `fault` is the event that stopped it, `position` the last one digested."""

    position: int
    rows: dict[str, R | None] = field(default_factory=dict)
    fault: Indigestible | None = None


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
        for key, row in changed.items():
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


def fault(recorded: Recorded, reason: BaseException) -> Indigestible:
    """The event that stops a view, with the reason behind it."""
    found = Indigestible(recorded.position, recorded.topic, reason)
    found.__cause__ = reason
    return found
