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
UPDATE checkpoints AS kept SET position = seen.reached
  FROM unnest($1::text[], $2::bigint[], $3::bigint[]) AS seen(name, position, reached)
 WHERE kept.name = seen.name AND kept.position = seen.position
RETURNING kept.name)"""
TOLD = f"""
SELECT pg_notify('{storage.CHANNEL}', told), set_config('synchronous_commit', 'off', true),
       1 / ((SELECT count(*) FROM moved) = $5)::int
  FROM unnest($4::text[]) AS told"""
"""Divides by zero, and so undoes everything, when a checkpoint is not where it was seen, or its build is gone.

Its commit need not wait for the disk: what is lost is lost with its checkpoint, and folded again from the log."""
GIVEN = 5

BEFORE = "the_part_before"
"""In a part's statement: what the part right before it returns."""
PLACE = re.compile(r"\$(\d+)")


class Move(NamedTuple):
    """The way of a build's checkpoint, and the name under which it is announced."""

    checkpoint: str
    name: str
    seen: int
    until: int


class Part(NamedTuple):
    """A statement that changes rows, to be run with others."""

    statement: str
    values: tuple[object, ...]


async def write(line: Line, moves: Sequence[Move], parts: Sequence[Part]) -> None:
    """All or nothing; `Overtaken` when another projector moved one of the checkpoints, or it is gone."""
    told = announced(moves)
    values: list[object] = [
        [each.checkpoint for each in moves],
        [each.seen for each in moves],
        [each.until for each in moves],
        told,
        len(moves),
    ]
    for part in parts:
        values += part.values
    try:
        await line.fetch(joined(tuple(part.statement for part in parts)), *values)
    except asyncpg.DivisionByZeroError:
        raise storage.Overtaken from None


def announced(moves: Sequence[Move]) -> list[str]:
    """`name,name:position`: one announcement for all that stand at the same place."""
    names: dict[int, list[str]] = {}
    for each in moves:
        names.setdefault(each.until, []).append(each.name)
    return [f"{','.join(of)}:{position}" for position, of in names.items()]


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
