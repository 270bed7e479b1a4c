"""Where views are kept: one table for each, made by the view itself, with its checkpoint."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from projections.view import R, View

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
BEGIN_AT = "INSERT INTO checkpoints (name, position) VALUES ($1, 0) ON CONFLICT DO NOTHING"
POSITIONS = "SELECT name, position FROM checkpoints WHERE name = ANY($1)"
ADVANCE = """
UPDATE checkpoints AS kept SET position = $3
  FROM unnest($1::text[], $2::bigint[]) AS seen(name, position)
 WHERE kept.name = seen.name AND kept.position = seen.position
"""
ANNOUNCE = f"SELECT pg_notify('{CHANNEL}', name || ':' || $2) FROM unnest($1::text[]) AS moved(name)"


class Overtaken(Exception):
    """Another projector moved the view in the meantime: its work stands, this one's is thrown away."""


async def prepare(connection: Connection, views: Iterable[View[Any]]) -> None:
    """Make what is not there yet: tables, indexes, checkpoints."""
    async with connection.transaction():
        await connection.execute(ALONE)
        for view in views:
            for statement in ddl(view):
                await connection.execute(statement)
            await connection.execute(BEGIN_AT, view.checkpoint)


async def clear(connection: Connection, view: View[Any]) -> None:
    """Throw a view away; it begins again from the first event."""
    async with connection.transaction():
        await connection.execute(ALONE)
        await connection.execute(f"DROP TABLE IF EXISTS {view.table}")
        await connection.execute("DELETE FROM checkpoints WHERE name = $1", view.checkpoint)


def ddl(view: View[Any]) -> list[str]:
    """Table and indexes of a view. In an index's definition, `{table}` stands for the table."""
    columns = "".join(f", {each.name} {each.type}" for each in view.columns)
    return [
        f"CREATE TABLE IF NOT EXISTS {view.table} (key text PRIMARY KEY{columns}, row jsonb NOT NULL)",
        *(
            f"CREATE INDEX IF NOT EXISTS {view.table}_{number} ON {view.table} {each}"
            for number, each in enumerate(view.indexes, 1)
        ),
    ]


async def positions(reader: Reader, views: Iterable[View[Any]]) -> dict[str, int]:
    """View name -> the last position in it."""
    names = {view.checkpoint: view.name for view in views}
    found = await reader.fetch(POSITIONS, list(names))
    return dict.fromkeys(names.values(), 0) | {names[row["name"]]: row["position"] for row in found}


async def load(connection: Connection, view: View[R], keys: Collection[str]) -> dict[str, R]:
    """The rows under these keys."""
    if not keys:
        return {}
    statement = f"SELECT key, row::text FROM {view.table} WHERE key = ANY($1)"
    found = await connection.fetch(statement, list(keys))
    return {key: view.row_type.model_validate_json(row) for key, row in found}


async def store(connection: Connection, view: View[R], rows: Mapping[str, R | None]) -> None:
    """Write rows back, in a fixed order, with one statement; those that are gone with another."""
    gone = [key for key, row in rows.items() if row is None]
    kept = [(key, row) for key, row in sorted(rows.items()) if row is not None]
    if gone:
        await connection.execute(f"DELETE FROM {view.table} WHERE key = ANY($1)", gone)
    if kept:
        values = [[column.value(row) for _, row in kept] for column in view.columns]
        texts = [row.model_dump_json() for _, row in kept]
        await connection.execute(_upsert(view), [key for key, _ in kept], *values, texts)


async def advance(connection: Connection, seen: Mapping[str, int], position: int) -> None:
    """Move checkpoints from where they were seen to a position, and announce it; in the caller's transaction."""
    done: str = await connection.execute(ADVANCE, list(seen), list(seen.values()), position)
    if done != f"UPDATE {len(seen)}":
        raise Overtaken
    await connection.execute(ANNOUNCE, [name.split(":")[1] for name in seen], str(position))


def _upsert(view: View[Any]) -> str:
    names = [each.name for each in view.columns]
    types = ["text[]", *(each.array for each in view.columns), "text[]"]
    given = ", ".join(f"${number}::{each}" for number, each in enumerate(types, 1))
    made = "".join(f"{each.sql.format(f'given.{each.name}')}, " for each in view.columns)
    listed = ", ".join(["key", *names, "row"])
    new = ", ".join(f"{each} = excluded.{each}" for each in [*names, "row"])
    return f"""
INSERT INTO {view.table} ({listed})
SELECT given.key, {made}given.row::jsonb FROM unnest({given}) AS given({listed})
ON CONFLICT (key) DO UPDATE SET {new}"""
