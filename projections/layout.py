"""The tables a view's rows are kept in, as SQL; a view that keeps days has a second one, of its rows day after day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from projections.view import Column, View

DAY = "key text, day date, until date, first bigint, last bigint"
"""Of a row that was as it is from the end of a day until another day, by the first and last event of that day."""

ROOM = "WITH (fillfactor = 70)"
"""So that most new versions of a row find a place beside the old one, and no index has to know of them."""

AS_IT_IS = "ALTER TABLE {} ALTER COLUMN row SET STORAGE EXTERNAL"
"""Long texts are not compressed, which takes PostgreSQL longer than to do all else with them."""


class Build(NamedTuple):
    """One making of a view: tables of its own, so that it can be made beside another one that is being read."""

    name: str
    version: int
    number: int

    @property
    def table(self) -> str:
        return f"view_{self.name}_v{self.version}_b{self.number}"

    @property
    def days(self) -> str:
        return f"{self.table}_days"

    @property
    def checkpoint(self) -> str:
        return f"view:{self.name}:{self.version}:{self.number}"


def build_of(name: str, table: str) -> Build | None:
    """The build of this view that a table belongs to; the days belong to the table they are named after."""
    found = re.fullmatch(rf"view_{name}_v(\d+)_b(\d+)(_days)?", table)
    return Build(name, int(found[1]), int(found[2])) if found else None


def tables(view: View[Any], build: Build) -> Iterator[str]:
    """Made empty and without indexes: whoever fills them at once adds those later."""
    yield f"CREATE TABLE {build.table} (key text NOT NULL{_typed(view.columns)}, row {view.kept_as} NOT NULL) {ROOM}"
    if view.by_day:
        yield f"CREATE TABLE {build.days} ({DAY}{_typed(view.day_columns)}, row {view.kept_as}) {ROOM}"
    if view.kept_as == "text":
        yield from (AS_IT_IS.format(each) for each in [build.table, *([build.days] if view.by_day else [])])


def indexes(view: View[Any], build: Build) -> Iterator[str]:
    """Keys first: without them nothing can be written to."""
    for _, statements in indexes_by_table(view, build):
        yield from statements


def indexes_by_table(view: View[Any], build: Build) -> Iterator[tuple[str, list[str]]]:
    key = f"ALTER TABLE {build.table} ADD PRIMARY KEY (key)"
    yield build.table, [key, *_indexes(build.table, view.indexes)]
    if view.by_day:
        key = f"ALTER TABLE {build.days} ADD PRIMARY KEY (key, day)"
        yield build.days, [key, *_indexes(build.days, ("(day)", *view.day_indexes))]


def kept_of_days(view: View[Any]) -> list[str]:
    """What days have of a row."""
    return [*(each.name for each in view.day_columns), *([] if view.by_day == "columns" else ["row"])]


def _typed(columns: Iterable[Column]) -> str:
    return "".join(f", {each.name} {each.type}" for each in columns)


def _indexes(table: str, wanted: Iterable[str]) -> Iterator[str]:
    for number, each in enumerate(wanted, 1):
        yield f"CREATE INDEX {table}_{number} ON {table} {each}"
