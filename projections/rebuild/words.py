"""Rows as the values of their columns and a text."""

from __future__ import annotations

from typing import Any

from pydantic_core import SchemaSerializer

from projections.batch import Unfinished
from projections.view import R, Row, View

Record = tuple[object, ...]


class Words:
    """How the rows of a view are put."""

    def __init__(self, view: View[Any]) -> None:
        self._view = view
        self._values = tuple(each.value for each in view.columns)
        self._json = view.row_type.__pydantic_serializer__
        self._bare = view.by_day == "columns"
        self.nothing: Record = (None,) * (len(self._values) + 1)

    def of(self, row: Row) -> Record:
        if type(self._json) is not SchemaSerializer:  # made when it is first used
            row.model_dump_json()
            self._json = type(row).__pydantic_serializer__
        return (*self.columns(row), self._json.to_json(row).decode())

    def columns(self, row: Row) -> Record:
        return tuple([value(row) for value in self._values])

    def of_day(self, key: str, row: Row) -> Record:
        """A row as it was at the end of a day."""
        row = finished(self._view, key, row, day=True)
        return (*self.columns(row), None) if self._bare else self.of(row)


def finished(view: View[R], key: str, row: R, *, day: bool = False) -> R:
    try:
        return view.finished_day(row) if day else view.finished(row)
    except Exception as reason:
        raise Unfinished(f"row {key}: {type(reason).__name__}: {reason}") from reason
