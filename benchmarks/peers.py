"""Whom our log is measured against: INSERT and COPY through the same driver, and the library's recorder."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import asyncpg
from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore

from benchmarks.bodies import Body, body

TABLES = """
CREATE TABLE bare (LIKE public.event_log INCLUDING INDEXES);
ALTER TABLE bare ALTER position ADD GENERATED ALWAYS AS IDENTITY, ALTER recorded_at SET DEFAULT now();
CREATE TABLE other_work (id uuid PRIMARY KEY, done_at timestamptz NOT NULL DEFAULT now())
"""
"""The columns and indexes of our log, and a table for what else a transaction does."""

FIELDS = "originator_id, originator_version, topic, state, actor, command_id"
ONE = f"INSERT INTO bare ({FIELDS}) VALUES ($1, $2, $3, $4, $5, $6)"
SEVERAL = f"""INSERT INTO bare ({FIELDS})
SELECT d.*, $5::uuid, $6::uuid FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::bytea[]) AS d"""
ALL = f"""INSERT INTO bare ({FIELDS})
SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::bytea[], $5::uuid[], $6::uuid[])"""
OTHER_WORK = "INSERT INTO other_work (id) VALUES ($1)"


async def insert(connection: Any, given: Body) -> None:
    """One append in one statement: nobody checks versions, nobody keeps the order of commits."""
    if len(given.drafts) == 1:
        await connection.execute(ONE, *given.drafts[0], given.actor, given.command)
    else:
        await connection.execute(SEVERAL, *map(list, zip(*given.drafts, strict=True)), given.actor, given.command)


async def insert_all(connection: Any, given: Sequence[Body]) -> None:
    """Many appends in one statement."""
    rows = [(*draft, each.actor, each.command) for each in given for draft in each.drafts]
    await connection.execute(ALL, *map(list, zip(*rows, strict=True)))


async def copy(connection: asyncpg.Connection, bodies: Sequence[Body]) -> None:
    """All in one COPY: what the table takes at best."""
    now = datetime.now(UTC)
    rows = [(*draft, now, each.actor, each.command) for each in bodies for draft in each.drafts]
    columns = [*FIELDS.split(", ")[:4], "recorded_at", "actor", "command_id"]
    await connection.copy_records_to_table("bare", records=rows, columns=columns, timeout=60)


@contextmanager
def library_datastore(dsn: str, connections: int) -> Iterator[PostgresDatastore]:
    """The library's pool on the same database."""
    parts = urlsplit(dsn)
    datastore = PostgresDatastore(
        dbname=parts.path.lstrip("/"),
        host=unquote(parse_qs(parts.query)["host"][0]),
        port=5432,
        user=parts.username or "",
        password="",
        pool_size=connections,
    )
    try:
        yield datastore
    finally:
        datastore.close()


@contextmanager
def library_recorder(dsn: str, connections: int) -> Iterator[PostgresApplicationRecorder]:
    with library_datastore(dsn, connections) as datastore:
        recorder = PostgresApplicationRecorder(datastore, events_table_name="library_events")
        recorder.create_table()
        yield recorder


def library_rate(recorder: PostgresApplicationRecorder, *, writers: int, events: int, seconds: float) -> float:
    """Events a second, each writer in a thread of its own, since the library's recorder blocks."""
    counts = [0] * writers
    begun = time.perf_counter()

    def write(number: int) -> None:
        while not counts[number] or time.perf_counter() - begun < seconds:
            recorder.insert_events([StoredEvent(*draft) for draft in body(events).drafts])
            counts[number] += events

    threads = [threading.Thread(target=write, args=(number,)) for number in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - begun)
