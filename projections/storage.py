"""Rows of views loaded and written, and how far each view has come."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from projections import builds, former
from projections.batch import Day
from projections.layout import Build
from projections.view import Column, R, Row, View

if TYPE_CHECKING:
    import asyncpg
    from asyncpg.pool import PoolConnectionProxy

    Connection: TypeAlias = asyncpg.Connection[Any] | PoolConnectionProxy[Any]
    Reader: TypeAlias = Connection | asyncpg.Pool[Any]
    """Whatever a query can be asked of."""
    Pool: TypeAlias = asyncpg.Pool[Any]

CHANNEL = "tierce_views"
"""Announces `name:position` whenever a view has moved."""

ALONE = "SELECT pg_advisory_xact_lock(hashtext('tierce:views'))"
POSITIONS = """
SELECT name, position FROM view_positions
  JOIN unnest($1::text[], $2::integer[]) AS wanted(name, version) USING (name, version)
"""
ADVANCE = f"""
WITH moved AS (
    UPDATE checkpoints AS kept SET position = seen.reached
      FROM unnest($1::text[], $2::bigint[], $3::bigint[]) AS seen(name, position, reached)
      JOIN view_builds AS live ON seen.name = 'view:' || live.name || ':' || live.version
     WHERE kept.name = live.checkpoint AND kept.position = seen.position
    RETURNING live.name, kept.position
)
SELECT pg_notify('{CHANNEL}', name || ':' || position) FROM moved
"""
"""By the names in `View.checkpoint`; those who wait hear of it in the same statement."""
FOR_EVER = date.max
"""Infinity, for PostgreSQL."""


class Overtaken(Exception):
    """Another projector moved the view in the meantime, or another build of it is live now: its work stands, this
    one's is thrown away."""


async def prepare(connection: Connection, views: Iterable[View[Any]]) -> None:
    """Give every view that has none a live build that begins at the first event, or waits to be built.

    One of another version stays as it is: a new one is built beside it (see `projections.rebuild`).
    """
    async with connection.transaction():
        await connection.execute(ALONE)
        if not await builds.ready(connection):
            await connection.execute(builds.LEDGER)
            await connection.execute(builds.POSITIONS)
        live = await builds.found(connection)
        for view in views:
            if view.name not in live and not await former.adopt(connection, view):
                await builds.first(connection, view)


async def clear(connection: Connection, view: View[Any]) -> None:
    """Throw a view away; it begins again from the first event."""
    async with connection.transaction():
        await connection.execute(ALONE)
        if await builds.ready(connection):
            await builds.clear(connection, view)


async def positions(reader: Reader, views: Iterable[View[Any]]) -> dict[str, int]:
    """View name -> the last position in it; 0 of one that is not live in this version."""
    names = {view.name: view.version for view in views}
    found = await reader.fetch(POSITIONS, list(names), list(names.values()))
    return dict.fromkeys(names, 0) | {row["name"]: row["position"] for row in found}


async def load(
    connection: Connection, view: View[R], keys: Collection[str], *, build: Build | None = None
) -> dict[str, R]:
    """The rows under these keys; of the live build unless another one is named."""
    if not keys:
        return {}
    table = view.table if build is None else build.table
    found = await connection.fetch(f"SELECT key, row::text FROM {table} WHERE key = ANY($1)", list(keys))
    return {key: view.row_type.model_validate_json(row) for key, row in found}


async def store(
    connection: Connection, view: View[R], rows: Mapping[str, R | None], *, build: Build | None = None
) -> None:
    """Write rows back, in a fixed order, with one statement; those that are gone with another."""
    table = view.table if build is None else build.table
    gone = [key for key, row in rows.items() if row is None]
    if gone:
        await connection.execute(delete(table), gone)
    if len(gone) < len(rows):
        await connection.execute(upsert(view, table), *given(view, rows))


async def store_days(
    connection: Connection, view: View[R], days: Iterable[Day[R]], *, build: Build | None = None
) -> None:
    """Write the days' last states; the day before lasts until the first of these. The two do not meet in a row."""
    table = view.days if build is None else build.days
    ordered = dated(days)
    first = {each.key: each.day for each, _ in reversed(ordered)}
    await connection.execute(end_days(table), list(first), list(first.values()))
    await connection.execute(upsert_days(view, table), *given_days(view, ordered))


async def advance(connection: Connection, seen: Mapping[str, int], position: int | Mapping[str, int]) -> None:
    """Move checkpoints (by `View.checkpoint`) from where they were seen to a position, one for all or each its own,
    and announce it; in the caller's transaction, after all that it reads and writes."""
    reached = [position if isinstance(position, int) else position[name] for name in seen]
    moved = await connection.fetch(ADVANCE, list(seen), list(seen.values()), reached)
    if len(moved) != len(seen):
        raise Overtaken


TYPES = {"key": "text", "day": "date", "until": "date", "first": "bigint", "last": "bigint", "row": "text"}


def insert(view: View[Any], table: str, names: Sequence[str]) -> str:
    """One row of the table for each place in the arrays handed in."""
    columns = {each.name: each for each in view.columns}
    arrays = (columns[name].array if name in columns else f"{TYPES[name]}[]" for name in names)
    given = ", ".join(f"${number}::{each}" for number, each in enumerate(arrays, 1))
    made = (
        columns[name].sql.format(f"given.{name}")
        if name in columns
        else f"given.row::{view.kept_as}"
        if name == "row"
        else f"given.{name}"
        for name in names
    )
    listed = ", ".join(names)
    return f"INSERT INTO {table} ({listed})\nSELECT {', '.join(made)} FROM unnest({given}) AS given({listed})"


@lru_cache(500)  # asked for again with every batch
def upsert(view: View[Any], table: str) -> str:
    names = [*(each.name for each in view.columns), "row"]
    return f"{insert(view, table, ['key', *names])}\nON CONFLICT (key) DO UPDATE SET {replaced(names)}"


@lru_cache(500)  # asked for again with every batch
def end_days(table: str) -> str:
    return f"""
UPDATE {table} AS open SET until = began.day FROM unnest($1::text[], $2::date[]) AS began(key, day)
 WHERE open.key = began.key AND open.until = 'infinity'
   AND open.day = (SELECT max(day) FROM {table} AS past WHERE past.key = began.key AND past.day < began.day)"""


@lru_cache(500)  # asked for again with every batch
def upsert_days(view: View[Any], table: str) -> str:
    names = [*(each.name for each in view.day_columns), "row"]
    statement = insert(view, table, ["key", "day", "first", "last", "until", *names])
    return f"{statement}\nON CONFLICT (key, day) DO UPDATE SET {replaced(['last', 'until', *names])}"


def delete(table: str) -> str:
    return f"DELETE FROM {table} WHERE key = ANY($1)"


def given(view: View[R], rows: Mapping[str, R | None]) -> tuple[list[object], ...]:
    """For `upsert`: the rows that are there, always in the same order."""
    kept = [(key, row) for key, row in sorted(rows.items()) if row is not None]
    texts: list[object] = [view.text(row) for _, row in kept]
    return [key for key, _ in kept], *_values(view.columns, [row for _, row in kept]), texts


def given_days(view: View[R], days: Sequence[tuple[Day[R], date]]) -> tuple[list[object], ...]:
    """For `upsert_days`: days, each with when it ends."""
    rows = [each.row for each, _ in days]
    texts = [None if row is None or view.by_day == "columns" else view.text(row) for row in rows]
    head = [[getattr(each, name) for each, _ in days] for name in ("key", "day", "first", "last")]
    return *head, [until for _, until in days], *_values(view.day_columns, rows), texts


def dated(days: Iterable[Day[R]]) -> list[tuple[Day[R], date]]:
    """Until when each day's row holds: until the key's next day, for ever, or not at all when the row is gone."""
    found: list[tuple[Day[R], date]] = []
    ordered = sorted(days, key=lambda each: (each.key, each.day))
    for each, following in zip(ordered, [*ordered[1:], None], strict=False):
        after = following.day if following is not None and following.key == each.key else FOR_EVER
        found.append((each, each.day if each.row is None else after))
    return found


def _values(columns: Iterable[Column], rows: Sequence[Row | None]) -> list[list[object]]:
    return [[None if row is None else column.value(row) for row in rows] for column in columns]


def replaced(names: Iterable[str]) -> str:
    return ", ".join(f"{each} = excluded.{each}" for each in names)
