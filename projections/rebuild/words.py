"""Rows as the values of their columns and a text."""

from __future__ import annotations

from typing import Any

from pydantic_core import SchemaSerializer

from projections.batch import Unfinished
from projections.layout import kept_of_days
from projections.view import R, Row, View

Record = tuple[object, ...]


class Words:
    """How the rows of a view are put, and those of its days, which may be of less."""

    def __init__(self, view: View[Any]) -> None:
        self._view = view
        self._values = tuple(each.value for each in view.columns)
        self._day_values = tuple(each.value for each in view.day_columns)
        self._json = view.row_type.__pydantic_serializer__
        self._omits_defaults = view.omits_defaults
        self._bare = view.by_day == "columns"
        names, kept = [*(each.name for each in view.columns), "row"], kept_of_days(view)
        self._places = [names.index(name) for name in kept]
        self.nothing: Record = (None,) * len(kept)

    def of(self, row: Row) -> Record:
        return (*[value(row) for value in self._values], self._text(row))

    def of_day(self, key: str, row: Row) -> Record:
        """A row as it was at the end of a day."""
        row = finished(self._view, key, row, day=True)
        values = [value(row) for value in self._day_values]
        return tuple(values) if self._bare else (*values, self._text(row))

    def as_of_day(self, record: Record) -> Record:
        """The same of a row as it is put."""
        return tuple([record[at] for at in self._places])

    def _text(self, row: Row) -> str:
        if type(self._json) is not SchemaSerializer:  # made when it is first used
            row.model_dump_json()
            self._json = type(row).__pydantic_serializer__
        return self._json.to_json(row, exclude_defaults=self._omits_defaults).decode()


def finished(view: View[R], key: str, row: R, *, day: bool = False) -> R:
    try:
        return view.finished_day(row) if day else view.finished(row)
    except Exception as reason:
        raise Unfinished(f"row {key}: {type(reason).__name__}: {reason}") from reason
