"""The application's role may read the log and append through the one function; nothing else works, however it tries."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import uuid4

import asyncpg
import pytest

from events.recorder import PostgresRecorder
from events.stored import Draft
from events.tree.sealer import Sealer
from projections.rebuild import rebuild
from tests.events.forbidden import FORBIDDEN
from tests.projections.log import LogFeed
from tests.projections.tallies import log_of, registered, tallies


@pytest.fixture
async def app(database: str, pool: asyncpg.Pool) -> AsyncIterator[asyncpg.Pool]:
    """The pool of an application whose role is only a member of tierce_app."""
    await PostgresRecorder(pool).append([Draft(uuid4(), 1, "Boat.Launched", b'{"name": "Heron"}')])

    async def become(connection: asyncpg.Connection) -> None:
        await connection.execute("SET SESSION AUTHORIZATION tierce_app")

    app = await asyncpg.create_pool(database, min_size=1, max_size=2, init=become)
    yield app
    app.terminate()


async def test_the_application_may_do_nothing_else_with_the_log(app: asyncpg.Pool, pool: asyncpg.Pool) -> None:
    before = await pool.fetch("TABLE event_log")
    answers = {statement: await answer(app, statement) for statement in FORBIDDEN}
    assert {statement for statement, code in answers.items() if code != "42501"} == set()
    assert await pool.fetch("TABLE event_log") == before


async def answer(pool: asyncpg.Pool, statement: str) -> str | None:
    """The SQLSTATE a statement fails with; 42501 is insufficient privilege."""
    try:
        await pool.execute(statement)
    except asyncpg.PostgresError as error:
        return error.sqlstate
    return None


async def test_the_application_cannot_give_away_what_it_has_not(app: asyncpg.Pool) -> None:
    await app.execute("GRANT INSERT, UPDATE, SELECT ON event_log TO PUBLIC")  # PostgreSQL only warns
    grants = "SELECT count(*) FROM pg_class, aclexplode(relacl) WHERE relname = 'event_log' AND grantee = 0"
    assert await app.fetchval(grants) == 0


async def test_the_application_may_append_and_read(app: asyncpg.Pool) -> None:
    recorder = PostgresRecorder(app)
    await recorder.append([Draft(uuid4(), 1, "Boat.Launched", b'{"name": "Egret"}')])
    assert len(await recorder.select_feed(0, 9)) == 2
    assert await app.fetchval("SELECT state ->> 'name' FROM event_log_readable WHERE position = 2") == "Egret"


async def test_the_application_may_make_tables_for_its_views(app: asyncpg.Pool) -> None:
    await app.execute("CREATE TABLE view_register_v1 (key text PRIMARY KEY, row jsonb); DROP TABLE view_register_v1")


async def test_the_application_may_build_its_views_and_swap_them_also_what_an_administrator_built(
    app: asyncpg.Pool, pool: asyncpg.Pool
) -> None:
    view = tallies(days=True)
    for whose in (app, pool, app):
        assert await rebuild(view, LogFeed(log_of(registered(uuid4()))), whose) == 1
    assert await app.fetchval(f"SELECT count(*) FROM {view.table} JOIN {view.days} USING (key)") == 1


async def test_whatever_the_application_puts_in_the_way_the_append_writes_to_the_log(
    app: asyncpg.Pool, pool: asyncpg.Pool
) -> None:
    async with app.acquire() as connection:
        await connection.execute("""
            CREATE TEMP TABLE event_log (LIKE public.event_log);
            CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql
                AS $$SELECT timestamptz '1999-01-01'$$;
            SET search_path = pg_temp, public, pg_catalog;
        """)
        await PostgresRecorder(app).append_on(connection, [Draft(uuid4(), 1, "t", b"{}")])
    assert await pool.fetchval("SELECT count(*) FROM event_log WHERE recorded_at > '2020-01-01'") == 2


async def test_the_application_may_seal_and_what_makes_no_seal_is_refused(app: asyncpg.Pool) -> None:
    sealer = Sealer(app)
    assert await sealer.seal() == 1
    for row in ("2, 2, 'short', '', sha256('x')", "9, 2, sha256('x'), '', sha256('x')", "2, 3, sha256('x'), '', ''"):
        with pytest.raises(asyncpg.CheckViolationError):
            await app.execute(f"INSERT INTO log_seals (size, first, root, frontier, leaves) VALUES ({row})")


async def test_the_application_has_no_other_right_on_the_log_than_to_read_it(app: asyncpg.Pool) -> None:
    """Whatever statements there will be: these are all the rights there are."""
    for table, rights in (("event_log", {"SELECT"}), ("log_seals", {"SELECT", "INSERT"})):
        granted = await app.fetch(
            "SELECT privilege_type FROM pg_class, aclexplode(relacl) "
            "WHERE oid = $1::text::regclass AND grantee IN (0, 'tierce_app'::regrole) "
            "UNION SELECT privilege_type FROM pg_attribute, aclexplode(attacl) WHERE attrelid = $1::text::regclass",
            table,
        )
        assert {row["privilege_type"] for row in granted} == rights


async def test_even_the_owner_does_not_change_the_log_by_accident(pool: asyncpg.Pool) -> None:
    changes = ("UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {}")
    tables = (("event_log", "topic", "'x'"), ("log_seals", "root", "sha256('x')"))
    for statement in (change.format(*table) for change in changes for table in tables):
        with pytest.raises(asyncpg.InsufficientPrivilegeError, match="append-only"):
            await pool.execute(statement)


@pytest.mark.parametrize("isolation", ["repeatable_read", "serializable"])
async def test_an_append_under_an_older_snapshot_is_refused(pool: asyncpg.Pool, isolation: str) -> None:
    async with pool.acquire() as connection:
        with pytest.raises(asyncpg.RaiseError, match="read committed"):
            async with connection.transaction(isolation=isolation):  # type: ignore[arg-type]
                await PostgresRecorder(pool).append_on(connection, [Draft(uuid4(), 1, "t", b"{}")])


async def test_an_append_rolls_back_with_the_transaction_it_is_part_of(pool: asyncpg.Pool) -> None:
    recorder = PostgresRecorder(pool)
    async with pool.acquire() as connection:
        transaction = connection.transaction()
        await transaction.start()
        await recorder.append_on(connection, [Draft(uuid4(), 1, "t", b"{}")])
        await transaction.rollback()
    assert list(await recorder.append([Draft(uuid4(), 1, "t", b"{}")])) == [1]
