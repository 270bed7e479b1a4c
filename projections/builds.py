"""Which build of each view is live, and the stable names under which it is read.

`view_<name>` is a plain SQL view of the live build's table. Repointing it is one short transaction; whoever reads
meanwhile waits for it, and is answered from the new table. A release reads the views' columns by name, so a build of
another version stays readable for as long as its columns will do.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from projections.layout import Build, build_of, indexes, tables
from projections.view import View

if TYPE_CHECKING:
    from projections.storage import Connection, Reader

LEDGER = """
CREATE TABLE IF NOT EXISTS view_builds (
    name       text    PRIMARY KEY,
    version    integer NOT NULL,
    build      integer NOT NULL,
    checkpoint text    GENERATED ALWAYS AS ('view:' || name || ':' || version::text || ':' || build::text) STORED
)"""
POSITIONS = """
CREATE OR REPLACE VIEW view_positions AS
SELECT live.name, live.version, kept.position
  FROM view_builds AS live JOIN checkpoints AS kept ON kept.name = live.checkpoint"""
OTHER = """
SELECT quote_ident(pg_get_userbyid(relowner)) FROM pg_class
 WHERE oid = to_regclass($1) AND relowner <> current_user::regrole
"""
"""Whose view it is, if not ours: an administrator may rebuild what the application reads and drops."""
LIVE = "SELECT name, version, build FROM view_builds"
NUMBERS = "CREATE SEQUENCE IF NOT EXISTS view_build_numbers AS integer"
"""Never the same twice: nobody who still writes to a build that was given up writes to the one after it."""
POINT = """
INSERT INTO view_builds (name, version, build) VALUES ($1, $2, $3)
ON CONFLICT (name) DO UPDATE SET version = excluded.version, build = excluded.build
"""
FORGET = "DELETE FROM checkpoints WHERE name = (SELECT checkpoint FROM view_builds WHERE name = $1)"
BEGIN_AT = """
INSERT INTO checkpoints (name, position) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET position = excluded.position
"""
"""One of that name is there only in a database that was restored without its views."""
FURTHEST = "SELECT coalesce(max(position), 0) FROM view_positions"
LARGE = 20_000
"""Events from which on a view is rather built, by processes of their own, than followed from the first."""
PATIENCE = 3600.0
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename LIKE 'view\\_%'"
COLUMNS = """
SELECT attname, format_type(atttypid, atttypmod), attcollation FROM pg_attribute
 WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped ORDER BY attnum
"""


async def ready(connection: Connection) -> bool:
    """Whether it is known which builds are live; false in a database that no view was ever kept in."""
    return await connection.fetchval("SELECT to_regclass('view_positions')") is not None


async def found(reader: Reader) -> dict[str, Build]:
    """View name -> its live build, whatever its version."""
    return {row["name"]: Build(*row) for row in await reader.fetch(LIVE)}


async def built(connection: Connection, view: View[Any]) -> list[Build]:
    """Every build of a view that has tables: the live one, one under way, and what was left behind."""
    names = [row["tablename"] for row in await connection.fetch(TABLES)]
    return sorted({build for name in names if (build := build_of(view.name, name))})


async def begin(connection: Connection, view: View[Any]) -> Build:
    """Empty tables of a new build, without indexes."""
    await connection.execute(NUMBERS)
    build = Build(view.name, view.version, await connection.fetchval("SELECT nextval('view_build_numbers')"))
    for statement in tables(view, build):
        await connection.execute(statement)
    return build


async def first(connection: Connection, view: View[Any]) -> None:
    """A live build of a view that has none. Where others have come far, it is one of no version, with no tables: who
    reads the view hears that it is not there, rather than how little of it is, until it is built."""
    if await connection.fetchval(FURTHEST) >= LARGE:
        build = Build(view.name, 0, 0)
        await connection.execute(POINT, *build)
        await connection.execute(BEGIN_AT, build.checkpoint, 0)
        return
    build = await begin(connection, view)
    await index(connection, view, build)
    await point(connection, view, build, 0, days=bool(view.by_day))


async def index(connection: Connection, view: View[Any], build: Build) -> None:
    for statement in indexes(view, build):
        await connection.execute(statement, timeout=PATIENCE)


async def point(connection: Connection, view: View[Any], build: Build, position: int, *, days: bool) -> None:
    """From the commit of the caller's transaction on, the view is this build, and its position is this."""
    await connection.execute(FORGET, view.name)
    await connection.execute(POINT, *build)
    await connection.execute(BEGIN_AT, build.checkpoint, position)
    await _name(connection, view.table, build.table)
    if days:
        await _name(connection, view.days, build.days)
    else:
        await connection.execute(f"DROP VIEW IF EXISTS {view.days}")


async def drop(connection: Connection, unread: Iterable[Build]) -> None:
    """Tables that no name points at."""
    for build in unread:
        await connection.execute(f"DROP TABLE IF EXISTS {build.table}, {build.days}")


async def clear(connection: Connection, view: View[Any]) -> None:
    """Everything there is of a view."""
    await connection.execute(f"DROP VIEW IF EXISTS {view.table}, {view.days}")
    await drop(connection, await built(connection, view))
    await connection.execute(FORGET, view.name)
    await connection.execute("DELETE FROM view_builds WHERE name = $1", view.name)


async def _name(connection: Connection, stable: str, table: str) -> None:
    """`OR REPLACE` keeps the name's identity where the columns are the same, otherwise there is a new one."""
    before, owner = await connection.fetch(COLUMNS, stable), await connection.fetchval(OTHER, stable)
    if before and before != await connection.fetch(COLUMNS, table):
        await connection.execute(f"DROP VIEW {stable}")
    await connection.execute(f"CREATE OR REPLACE VIEW {stable} AS SELECT * FROM {table}")
    if owner is not None:
        await connection.execute(f"ALTER TABLE {table} OWNER TO {owner}; ALTER VIEW {stable} OWNER TO {owner}")
