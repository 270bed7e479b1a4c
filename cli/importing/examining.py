"""The whole judgement on a file: what would be imported and everything that is wrong. No I/O."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple, Protocol, TypeVar

from cli.importing.decoding import decode
from cli.importing.duplicates import Known, duplicates
from cli.importing.entries import Entry, Staff, entry_of
from cli.importing.problems import Problem, errors, in_order
from cli.importing.table import Row, Table, table_of
from suppliers.likeness import Profile

T = TypeVar("T")


class Track(Protocol):
    """Goes through something and lets somebody see how far it is."""

    def __call__(self, each: Sequence[T], doing: str, /) -> Iterable[T]: ...


def untracked(each: Sequence[T], doing: str, /) -> Iterable[T]:
    return each


class Examined(NamedTuple):
    """`entries` are complete only when nothing stops."""

    digest: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]

    @property
    def stops(self) -> bool:
        return bool(errors(self.problems))


def examine(
    content: bytes,
    *,
    staff: Staff,
    register: Iterable[Profile],
    allow_duplicates: bool = False,
    track: Track = untracked,
) -> Examined:
    decoded = decode(content)
    problems = list(decoded.problems)
    table = Table((), (), ()) if errors(problems) else table_of(decoded.text)
    problems.extend(table.problems)
    readable = table.rows if "name" in {column for row in table.rows[:1] for column in row.values} else ()
    entries = [entry_of(row, staff, problems) for row in track(readable, "Reading rows")]
    looked_at = track(readable, "Looking for duplicates")
    problems.extend(duplicates(looked_at, Known(register), allowed=allow_duplicates))
    kept = tuple(entry for entry in entries if entry is not None)
    return Examined(sha256(content).hexdigest(), table.header, table.rows, kept, in_order(problems))
