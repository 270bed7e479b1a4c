"""Folded rows put into a build's tables, which are new and have no index yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any

from projections import storage
from projections.batch import Unfinished
from projections.layout import Build
from projections.rebuild.folding import Folding
from projections.storage import FOR_EVER
from projections.view import R, Row, View

if TYPE_CHECKING:
    from projections.storage import Connection

PATIENCE = 600.0
AT_ONCE = 2_000
"""Rows in one INSERT, where columns are made by SQL and so cannot be copied."""

Record = tuple[object, ...]


async def fill(connection: Connection, folding: Folding, build: Build) -> None:
    """Everything a view has folded. What is copied is not on disk for sure when this returns."""
    view = folding.view
    known: dict[int, Record] = {}
    finished = {key: _finished(view, key, row) for key, row in folding.rows.items()}
    columns = [each.name for each in view.columns]
    made = ((key, *_worded(view, row, known)) for key, row in finished.items())
    await _put(connection, view, build.table, ["key", *columns, "row"], made)
    if view.by_day:
        names = ["key", "day", "until", "first", "last", *columns, "row"]
        await _put(connection, view, build.days, names, _days(folding, finished, known))


def _days(folding: Folding, finished: dict[str, Row], known: dict[int, Record]) -> Iterator[Record]:
    view = folding.view
    nothing = (None,) * (len(view.columns) + 1)
    for key, days in folding.days.items():
        untils: Iterable[date] = (*(each.day for each in days[1:]), FOR_EVER)
        for each, until in zip(days, untils, strict=True):
            if each.row is None:
                yield (key, each.day, each.day, each.first, each.last, *nothing)
                continue
            row = finished[key] if each is days[-1] else _finished(view, key, each.row)
            worded = _worded(view, row, known if each is days[-1] else None)
            if view.by_day == "columns":
                worded = (*worded[:-1], None)
            yield (key, each.day, until, each.first, each.last, *worded)


def _finished(view: View[R], key: str, row: R) -> R:
    try:
        return view.finished(row)
    except Exception as reason:
        raise Unfinished(f"row {key}: {type(reason).__name__}: {reason}") from reason


def _worded(view: View[Any], row: Row, known: dict[int, Record] | None) -> Record:
    """Columns and text; a row's last day is the row itself, and put in words once."""
    if known is not None and (found := known.get(id(row))) is not None:
        return found
    made = (*(each.value(row) for each in view.columns), row.model_dump_json())
    if known is not None:
        known[id(row)] = made
    return made


async def _put(
    connection: Connection, view: View[Any], table: str, names: Sequence[str], made: Iterator[Record]
) -> None:
    if all(each.sql == "{}" for each in view.columns):
        await connection.copy_records_to_table(table, records=list(made), columns=names, timeout=PATIENCE)
        return
    statement = storage.insert(view, table, names)
    while some := list(islice(made, AT_ONCE)):
        await connection.execute(statement, *zip(*some, strict=True), timeout=PATIENCE)
