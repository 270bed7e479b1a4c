"""What all views make of a batch, written with their checkpoints in one statement: one journey, one transaction."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import asyncpg

from projections import storage

if TYPE_CHECKING:
    from projections.line import Line

MOVED = """WITH moved AS (
UPDATE checkpoints SET position = $3::bigint WHERE name = ANY($1::text[]) AND position = $2::bigint RETURNING name)"""
TOLD = f"""
SELECT pg_notify('{storage.CHANNEL}', $4), set_config('synchronous_commit', 'off', true),
       1 / ((SELECT count(*) FROM moved) = $5)::int"""
"""Divides by zero, and so undoes everything, when a checkpoint is not where it was seen, or its build is gone.

Its commit need not wait for the disk: what is lost is lost with its checkpoint, and folded again from the log."""
GIVEN = 5

BEFORE = "the_part_before"
"""In a part's statement: what the part right before it returns."""
PLACE = re.compile(r"\$(\d+)")


class Move(NamedTuple):
    """The way of checkpoints that stand at one place, and the names of the views, under which it is announced."""

    checkpoints: Sequence[str]
    names: Sequence[str]
    seen: int
    until: int

    @property
    def announced(self) -> str:
        """`name,name:position`."""
        return f"{','.join(self.names)}:{self.until}"


class Part(NamedTuple):
    """A statement that changes rows, to be run with others."""

    statement: str
    values: tuple[object, ...]


async def write(line: Line, move: Move, parts: Sequence[Part]) -> None:
    """All or nothing; `Overtaken` when another projector moved one of the checkpoints, or it is gone."""
    values: list[object] = [move.checkpoints, move.seen, move.until, move.announced, len(move.checkpoints)]
    for part in parts:
        values += part.values
    try:
        await line.fetch(joined(tuple(part.statement for part in parts)), *values)
    except asyncpg.DivisionByZeroError:
        raise storage.Overtaken from None


@lru_cache(maxsize=500)
def joined(statements: tuple[str, ...]) -> str:
    """One statement of many; they all see the rows as they were before."""
    given, text = GIVEN, MOVED
    for number, statement in enumerate(statements):
        text += f",\nw{number} AS ({_renumbered(statement, given).replace(BEFORE, f'w{number - 1}')})"
        given += max((int(place) for place in PLACE.findall(statement)), default=0)
    return text + TOLD


def _renumbered(statement: str, given: int) -> str:
    return PLACE.sub(lambda place: f"${int(place[1]) + given}", statement)


async def load(line: Line, wanted: Sequence[tuple[str, Sequence[str]]]) -> list[Any]:
    """Rows of many tables at once, each as (which of the wanted, key, row as text)."""
    statement = _selects(tuple(table for table, _ in wanted))
    return await line.fetch(statement, *(list(keys) for _, keys in wanted))


@lru_cache(maxsize=500)
def _selects(tables: tuple[str, ...]) -> str:
    return "\nUNION ALL ".join(
        f"SELECT {number - 1} AS place, key, row::text FROM {table} WHERE key = ANY(${number}::text[])"
        for number, table in enumerate(tables, 1)
    )
