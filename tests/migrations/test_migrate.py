"""Migrating is safe to do at any time, by any number of processes, with no more rights than needed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

import migrations
from migrations.run import HEAD, NewerDatabase, migrate


async def execute(dsn: str, *statements: str) -> None:
    connection = await asyncpg.connect(dsn)
    for statement in statements:
        await connection.execute(statement)
    await connection.close()


async def revision(dsn: str) -> Any:
    connection = await asyncpg.connect(dsn)
    try:
        return await connection.fetchval("SELECT version_num FROM alembic_version")
    finally:
        await connection.close()


@pytest.fixture
async def empty(postgres: Any) -> AsyncIterator[str]:
    name = f"empty_{uuid4().hex}"
    await execute(postgres.dsn(), f"CREATE DATABASE {name}")
    yield postgres.dsn(name)
    await execute(postgres.dsn(), f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
async def landlord(postgres: Any, empty: str) -> AsyncIterator[tuple[str, str]]:
    """A role that owns the database but may create no roles: its DSN and name."""
    role = f"landlord_{uuid4().hex}"
    database = empty.rsplit("/", 1)[1] if "?" not in empty else empty.split("?")[0].rsplit("/", 1)[1]
    await execute(postgres.dsn(), f"CREATE ROLE {role} LOGIN", f"ALTER DATABASE {database} OWNER TO {role}")
    yield empty.replace("tierce@", f"{role}@", 1), role
    await execute(empty, f"DROP OWNED BY {role} CASCADE")
    await execute(postgres.dsn(), f"ALTER DATABASE {database} OWNER TO tierce", f"DROP ROLE {role}")


async def test_many_may_migrate_at_once(empty: str) -> None:
    assert await asyncio.gather(*(migrate(empty) for _ in range(4))) == [HEAD] * 4
    assert await revision(empty) == HEAD


async def test_migrating_what_is_migrated_changes_nothing(database: str) -> None:
    await migrate(database)
    assert await revision(database) == HEAD


async def test_a_database_of_a_newer_version_is_refused(database: str) -> None:
    await execute(database, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NewerDatabase):
        await migrate(database)


async def test_a_revision_that_fails_leaves_the_last_good_one(empty: str, monkeypatch: pytest.MonkeyPatch) -> None:
    await execute(empty, "CREATE TABLE letters (mine text)")
    with pytest.raises(asyncpg.DuplicateTableError):
        await migrate(empty)
    await execute(empty, "DROP TABLE letters")
    await migrate(empty)
    assert await revision(empty) == HEAD


async def test_an_owner_who_may_create_no_roles_can_migrate(landlord: tuple[str, str]) -> None:
    dsn, _ = landlord
    await migrate(dsn)
    assert await revision(dsn) == HEAD


async def test_the_runtime_role_is_made_a_member(postgres: Any, empty: str) -> None:
    role = f"runtime {uuid4().hex}"
    await execute(postgres.dsn(), f'CREATE ROLE "{role}" LOGIN')
    await migrate(empty, runtime_role=role)
    connection = await asyncpg.connect(empty)
    assert await connection.fetchval("SELECT pg_has_role($1, 'tierce_app', 'member')", role)
    await connection.close()
    await migrate(empty, runtime_role=role)
    await execute(postgres.dsn(), f'DROP ROLE "{role}"')


def test_it_can_be_called_without_an_event_loop(postgres: Any, template: str) -> None:
    assert migrations.upgrade(postgres.dsn(template)) == HEAD


def test_the_newest_revision_is_the_one_named() -> None:
    versions = Path(migrations.__file__).parent / "versions"
    assert max(file.name[1:5] for file in versions.glob("r*.sql")) == HEAD
    assert {file.stem for file in versions.glob("r*.sql")} == {file.stem for file in versions.glob("r*.py")}


async def test_no_table_is_readable_by_everybody(pool: asyncpg.Pool) -> None:
    public = """
    SELECT relname FROM pg_class, aclexplode(relacl) WHERE relnamespace = 'public'::regnamespace AND grantee = 0
    """
    assert await pool.fetch(public) == []
