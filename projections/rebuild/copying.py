"""Rows copied into a table: what SQL makes of a text that is handed in is made here, where that is known."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from projections.rebuild.words import Record
from projections.view import View


def _parts(text: str) -> list[str]:
    return text.split(" ") if text else []


Made = Callable[[str], object]
AS_IN_SQL: Mapping[str, Made] = {
    "string_to_array({}, ' ')": _parts,
    "string_to_array({}, ' ')::uuid[]": _parts,
    "{}::jsonb": str,
}
"""By the SQL of a column. Long arrays of numbers are sooner read by PostgreSQL than put in bytes by the driver."""


def can_be_copied(view: View[Any], names: Collection[str]) -> bool:
    return all(each.sql == "{}" or each.sql in AS_IN_SQL for each in view.columns if each.name in names)


def copied(view: View[Any], names: Sequence[str], records: Iterable[Record]) -> Iterable[Record]:
    """The values of these columns as COPY takes them."""
    made = {each.name: each.sql for each in view.columns if each.sql != "{}"}
    ways = [(at, AS_IN_SQL[made[name]]) for at, name in enumerate(names) if name in made]
    return map(_with(ways), records) if ways else records


def _with(ways: Sequence[tuple[int, Made]]) -> Callable[[Record], Record]:
    def put(record: Record) -> Record:
        values = list(record)
        for at, way in ways:
            if values[at] is not None:
                values[at] = way(str(values[at]))
        return tuple(values)

    return put
