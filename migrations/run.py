"""Bring a database to the newest revision; any number of processes may start at once."""

from __future__ import annotations

import asyncio
import io
from pathlib import Path

import asyncpg

HEAD = "0013"
"""The newest revision; kept here so that a start with nothing to do needs no Alembic."""

HERE = Path(__file__).parent
LOCK = 8388347322922500098
CURRENT = "SELECT version_num FROM public.alembic_version"


class NewerDatabase(Exception):
    """The database was migrated by a newer Tierce than this one: start that one instead."""


async def migrate(dsn: str, *, runtime_role: str | None = None) -> str:
    """Migrate as the role of `dsn`, which comes to own the tables; `runtime_role` becomes a member of tierce_app."""
    connection = await asyncpg.connect(dsn, timeout=10)
    try:
        await connection.execute("SELECT pg_advisory_lock($1)", LOCK)
        await _upgrade(connection)
        if runtime_role is not None:
            await _enlist(connection, runtime_role)
    finally:
        await connection.close()
    return HEAD


def migrate_now(dsn: str, *, runtime_role: str | None = None) -> str:
    """The same, for callers without a running event loop."""
    return asyncio.run(migrate(dsn, runtime_role=runtime_role))


async def _upgrade(connection: asyncpg.Connection) -> None:
    current = await _current(connection)
    if current == HEAD:
        return
    if current is not None and current > HEAD:
        raise NewerDatabase(f"It is at revision {current}, this is {HEAD}.")
    await connection.execute(await asyncio.to_thread(_script, current))
    await connection.execute((HERE / "roles.sql").read_text(encoding="utf-8"))


async def _enlist(connection: asyncpg.Connection, role: str) -> None:
    """Asked first, since whoever is no administrator of tierce_app may not even repeat a grant."""
    if not await connection.fetchval("SELECT pg_has_role($1, 'tierce_app', 'member')", role):
        await connection.execute(f"GRANT tierce_app TO {_quoted(role)}")


async def _current(connection: asyncpg.Connection) -> str | None:
    if await connection.fetchval("SELECT to_regclass('public.alembic_version')") is None:
        return None
    version: str | None = await connection.fetchval(CURRENT)
    return version


def _script(current: str | None) -> str:
    from alembic import command
    from alembic.config import Config

    sql = io.StringIO()
    config = Config(output_buffer=sql)
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    command.upgrade(config, f"{current or 'base'}:{HEAD}", sql=True)
    return sql.getvalue()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
