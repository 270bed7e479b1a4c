"""How each row of a view was at the end of every day on which something was recorded about it; said plainly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from typing import Any

from projections.view import View
from suppliers.ports import Recorded


@dataclass(frozen=True)
class End:
    """A row as it stood from the end of `day` until `until`, by its first and last event of that day."""

    key: str
    day: date
    until: date | None
    first: int
    last: int
    row: Any


@dataclass
class _Touched:
    first: int
    last: int
    row: Any


def ends(view: View[Any], events: Iterable[Recorded]) -> Iterator[End]:
    """A day at whose end there is no row, or none that is worth it, only closes the one before it."""
    for key, history in _histories(view, events).items():
        found = sorted(history.items())
        following = [*(day for day, _ in found[1:]), None]
        for (day, touched), until in zip(found, following, strict=True):
            if touched.row is not None:
                yield End(key, day, until, touched.first, touched.last, view.finished(touched.row))


def _histories(view: View[Any], events: Iterable[Recorded]) -> dict[str, dict[date, _Touched]]:
    rows: dict[str, Any] = {}
    found: dict[str, dict[date, _Touched]] = {}
    for recorded in events:
        day = recorded.recorded_at.astimezone(UTC).date()
        for key, row in view.digest(rows, recorded).items():
            before, after = _worth(view, rows.get(key)), _worth(view, row)
            if row is None:
                rows.pop(key, None)
            else:
                rows[key] = row
            if before is None is after or not view.makes_a_day(recorded):
                continue
            touched = found.setdefault(key, {}).setdefault(day, _Touched(recorded.position, 0, None))
            touched.last, touched.row = recorded.position, after
    return found


def _worth(view: View[Any], row: Any) -> Any:
    return row if row is None or view.worth is None or view.worth(row) else None


def keys(found: Sequence[End]) -> Mapping[str, tuple[str, list[Any]]]:
    """What a day's row has besides the view's columns: name -> type and values."""
    return {
        "key": ("text", [end.key for end in found]),
        "day": ("date", [end.day for end in found]),
        "until": ("date", [end.until or date.max for end in found]),
        "first": ("bigint", [end.first for end in found]),
        "last": ("bigint", [end.last for end in found]),
    }
