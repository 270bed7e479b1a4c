"""Folded rows put into a build's tables, which are new and have no index yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from pydantic_core import SchemaSerializer

from projections import storage
from projections.batch import Unfinished
from projections.layout import Build
from projections.rebuild.folding import Folding
from projections.storage import FOR_EVER
from projections.view import R, Row, View

if TYPE_CHECKING:
    from projections.storage import Connection

PATIENCE = 600.0
AT_ONCE = 200
"""Rows in one INSERT, where columns are made by SQL and so cannot be copied."""

Record = tuple[object, ...]


async def fill(connection: Connection, folding: Folding, build: Build) -> None:
    """Everything a view has folded. What is copied is not on disk for sure when this returns."""
    view, words = folding.view, Words(folding.view)
    finished = {key: _finished(view, key, row) for key, row in folding.rows.items()} if view.completes else folding.rows
    columns = [each.name for each in view.columns]
    kept = {key: words.of(row) for key, row in finished.items()}
    if view.by_day:
        names = ["key", "day", "until", "first", "last", *columns, "row"]
        await _put(connection, view, build.days, names, list(_days(folding, words, kept)))
    await _put(
        connection, view, build.table, ["key", *columns, "row"], [(key, *record) for key, record in kept.items()]
    )


class Words:
    """Rows as the values of their columns and a text."""

    def __init__(self, view: View[Any]) -> None:
        self._values = tuple(each.value for each in view.columns)
        self._json = view.row_type.__pydantic_serializer__
        self.nothing: Record = (None,) * (len(self._values) + 1)

    def of(self, row: Row) -> Record:
        if type(self._json) is not SchemaSerializer:  # made when it is first used
            row.model_dump_json()
            self._json = type(row).__pydantic_serializer__
        return (*self.columns(row), self._json.to_json(row).decode())

    def columns(self, row: Row) -> Record:
        return tuple([value(row) for value in self._values])


def _days(folding: Folding, words: Words, kept: Mapping[str, Record]) -> Iterator[Record]:
    """A row's last day is the row as it is kept."""
    view, bare = folding.view, folding.view.by_day == "columns"
    for key, days in folding.days.items():
        untils: Iterable[date] = (*(each.day for each in days[1:]), FOR_EVER)
        for each, until in zip(days, untils, strict=True):
            place = (key, each.day, until if each.row is not None else each.day, each.first, each.last)
            if each.row is None:
                yield (*place, *words.nothing)
            elif each is days[-1]:
                yield (*place, *kept[key][:-1], None if bare else kept[key][-1])
            else:
                row = _finished(view, key, each.row)
                yield (*place, *((*words.columns(row), None) if bare else words.of(row)))


def _finished(view: View[R], key: str, row: R) -> R:
    try:
        return view.finished(row)
    except Exception as reason:
        raise Unfinished(f"row {key}: {type(reason).__name__}: {reason}") from reason


async def _put(
    connection: Connection, view: View[Any], table: str, names: Sequence[str], made: Sequence[Record]
) -> None:
    if all(each.sql == "{}" for each in view.columns):
        await connection.copy_records_to_table(table, records=made, columns=names, timeout=PATIENCE)
        return
    statement = storage.insert(view, table, names)
    for at in range(0, len(made), AT_ONCE):
        await connection.execute(statement, *zip(*made[at : at + AT_ONCE], strict=True), timeout=PATIENCE)
