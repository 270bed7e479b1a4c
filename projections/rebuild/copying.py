"""Rows copied into a table: what SQL makes of a text that is handed in is made here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from struct import Struct
from typing import TYPE_CHECKING, Any

from projections.rebuild.words import Record
from projections.view import View

if TYPE_CHECKING:
    from projections.storage import Connection

NUMBER = Struct(">i")
NO_POSITIONS = b"\0\0\0"
"""The end of a lexeme, and how many places it has."""


def _parts(text: str) -> list[str]:
    return text.split(" ") if text else []


def _numbers(text: str) -> list[int]:
    return [int(each) for each in _parts(text)]


def _lexemes(text: str) -> list[bytes]:
    return sorted({each.encode() for each in _parts(text)})


Made = Callable[[str], object]
AS_IN_SQL: Mapping[str, Made] = {
    "string_to_array({}, ' ')::uuid[]": _parts,
    "string_to_array({}, ' ')::integer[]": _numbers,
    "array_to_tsvector(string_to_array({}, ' '))": _lexemes,
}
"""By the SQL of a column; of any other than these and `{}` no view may have one."""


async def ready(connection: Connection) -> None:
    """To copy what the driver has no form of its own for; a connection that can remains so."""
    await connection.set_type_codec("tsvector", schema="pg_catalog", encoder=vector, decoder=bytes, format="binary")


def vector(lexemes: Sequence[bytes]) -> bytes:
    """A tsvector as PostgreSQL sends and receives it."""
    return b"".join([NUMBER.pack(len(lexemes)), *[each + NO_POSITIONS for each in lexemes]])


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
