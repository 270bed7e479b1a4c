"""The application's role may read the log and append through the one function; nothing else works, however it tries."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import uuid4

import asyncpg
import pytest

from events.recorder import PostgresRecorder
from events.stored import Draft

FORBIDDEN = [
    "INSERT INTO event_log VALUES (99, gen_random_uuid(), 1, 't', '{}', now())",
    "INSERT INTO event_log_readable (position) VALUES (99)",
    "UPDATE event_log SET topic = 'x'",
    "UPDATE event_log SET topic = 'x' WHERE false",
    "UPDATE event_log_readable SET topic = 'x'",
    "DELETE FROM event_log",
    "DELETE FROM event_log_readable",
    "TRUNCATE event_log",
    "MERGE INTO event_log l USING (SELECT 1 AS p) s ON l.position = s.p WHEN MATCHED THEN DELETE",
    "COPY event_log FROM STDIN",
    "SELECT 1 FROM event_log FOR UPDATE",
    "SELECT 1 FROM event_log FOR KEY SHARE",
    "DO 'BEGIN LOCK TABLE event_log IN ACCESS EXCLUSIVE MODE; END'",
    "DO 'BEGIN LOCK TABLE event_log IN ROW EXCLUSIVE MODE; END'",
    "DROP TABLE event_log",
    "DROP VIEW event_log_readable",
    "ALTER TABLE event_log ADD COLUMN more text",
    "ALTER TABLE event_log ALTER COLUMN topic TYPE varchar",
    "ALTER TABLE event_log DROP CONSTRAINT event_log_pkey",
    "ALTER TABLE event_log DISABLE TRIGGER append_only",
    "ALTER TABLE event_log DISABLE TRIGGER ALL",
    "ALTER TABLE event_log OWNER TO tierce_app",
    "ALTER TABLE event_log RENAME TO other",
    "ALTER TABLE event_log SET SCHEMA pg_temp",
    "ALTER TABLE event_log ENABLE ROW LEVEL SECURITY",
    "CREATE TRIGGER t BEFORE INSERT ON event_log EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "DROP TRIGGER append_only ON event_log",
    "CREATE RULE r AS ON INSERT TO event_log DO INSTEAD NOTHING",
    "CREATE INDEX i ON event_log (topic)",
    "DROP INDEX event_log_by_command",
    "CREATE POLICY p ON event_log",
    "CREATE TABLE heir () INHERITS (event_log)",
    "CREATE TABLE pointing (p bigint REFERENCES event_log)",
    "CREATE PUBLICATION p FOR TABLE event_log",
    "COMMENT ON TABLE event_log IS 'mine'",
    "REINDEX TABLE event_log",
    "CLUSTER event_log USING event_log_pkey",
    "SELECT append_obstacles('{}', '{}', '{}', '{}')",
    "SELECT append_rest('{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}')",
    "DROP FUNCTION append_events",
    "DROP FUNCTION append_one",
    "ALTER FUNCTION append_events SECURITY INVOKER",
    "ALTER FUNCTION append_events SET search_path = public",
    "ALTER FUNCTION append_events OWNER TO tierce_app",
    "ALTER FUNCTION event_log_is_append_only() RENAME TO harmless",
    "CREATE OR REPLACE FUNCTION event_log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'",
    "SET session_replication_role = replica",
    "UPDATE alembic_version SET version_num = '9999'",
    "UPDATE evidence_blobs SET media_type = 'x'",
    "DELETE FROM evidence_blobs",
]


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


async def test_even_the_owner_does_not_change_the_log_by_accident(pool: asyncpg.Pool) -> None:
    for statement in ("UPDATE event_log SET topic = 'x'", "DELETE FROM event_log", "TRUNCATE event_log"):
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
