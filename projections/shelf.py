"""Rows that the projector wrote itself, so that it need not ask for them; right only while no other one writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Generic

from projections.view import R

ROOM = 500


class Shelf(Generic[R]):
    """The rows last used; None stands for a row known not to be there."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._rows: dict[str, R | None] = {}

    def missing(self, keys: Iterable[str]) -> list[str]:
        """What has to be asked for, in a fixed order."""
        return sorted(key for key in keys if key not in self._rows)

    def rows(self, keys: Iterable[str]) -> dict[str, R]:
        """Those that are there."""
        return {key: row for key in keys if (row := self._rows.get(key)) is not None}

    def keep(self, rows: Mapping[str, R | None]) -> None:
        for key, row in rows.items():
            self._rows.pop(key, None)  # what was used last goes last
            self._rows[key] = row

    def tidy(self, latest: int) -> None:
        """Let go of what was not used for longest; not of the latest, which may not be in the database yet."""
        surplus = len(self._rows) - max(self._room, latest)
        if surplus > 0:
            for key in list(islice(self._rows, surplus)):
                del self._rows[key]

    def clear(self) -> None:
        self._rows.clear()
