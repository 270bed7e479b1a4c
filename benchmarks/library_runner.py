"""The library's way to keep a view: its ProjectionRunner, a transaction for each event, on psycopg in a thread."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate
from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner
from eventsourcing.utils import get_topic
from psycopg.sql import SQL

from benchmarks.bodies import BODY

UPSERT = SQL("""
INSERT INTO library_view (key, row) VALUES (%s, to_jsonb(%s::text))
ON CONFLICT (key) DO UPDATE SET row = excluded.row""")
TABLE = SQL("CREATE TABLE IF NOT EXISTS library_view (key uuid PRIMARY KEY, row jsonb NOT NULL)").format()
BATCH = 100


class Note(Aggregate):
    """As long as one of our events."""

    def __init__(self, text: str) -> None:
        self.text = text


class Notes(Application[UUID]):
    name = "notes"


class NotesView(PostgresTrackingRecorder):
    """A row for each aggregate, as in our views."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seen: dict[int, float] = {}
        self.sql_create_statements.append(TABLE)

    def put(self, key: UUID, row: str, tracking: Tracking) -> None:
        """Row and position in one transaction."""
        with self.datastore.transaction(commit=True) as cursor:
            cursor.execute(UPSERT, (key, row), prepare=True)
            self._insert_tracking(cursor, tracking)
        self.seen[tracking.notification_id] = time.perf_counter()


class NotesProjection(Projection[NotesView]):
    name = "notesview"
    topics = (get_topic(Note.Created),)

    def process_event(self, domain_event: Any, tracking: Tracking) -> None:
        self.view.put(domain_event.originator_id, domain_event.text, tracking)


def library_settings(dsn: str) -> dict[str, str]:
    """The library's settings for this database."""
    parts = urlsplit(dsn)
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": parts.path.lstrip("/"),
        "POSTGRES_HOST": unquote(parse_qs(parts.query)["host"][0]),
        "POSTGRES_PORT": "5432",
        "POSTGRES_USER": parts.username or "",
        "POSTGRES_PASSWORD": "none",
    }


def write_notes(env: dict[str, str], events: int) -> int:
    """Fill its log; the last position."""
    with Notes(env) as app:
        last = 0
        for begin in range(0, events, BATCH):
            notes = [Note("x" * (BODY - 120)) for _ in range(min(BATCH, events - begin))]
            last = app.save(*notes)[-1].notification.id
    return last


def runner_rate(env: dict[str, str], events: int) -> float:
    """Events a second from the runner's start until its view has them all."""
    done = write_notes(env, events)
    begun = time.perf_counter()
    with ProjectionRunner(
        application_class=Notes, projection_class=NotesProjection, view_class=NotesView, env=env
    ) as runner:
        runner.wait(done, timeout=300)
    return events / (time.perf_counter() - begun)


def library_times(env: dict[str, str], rate: int, count: int) -> list[float]:
    """Milliseconds from saving until the runner's view has each, at a steady rate of saves."""
    handed_in: dict[int, float] = {}
    with (
        Notes(env) as app,
        ProjectionRunner(
            application_class=Notes, projection_class=NotesProjection, view_class=NotesView, env=env
        ) as runner,
    ):
        runner.wait(app.save(Note("first"))[-1].notification.id, timeout=60)  # it has taken up what was before
        runner.view.seen.clear()
        begun, last = time.perf_counter(), 0
        for number in range(count):
            time.sleep(max(0.0, begun + number / rate - time.perf_counter()))
            now = time.perf_counter()
            last = app.save(Note("x" * (BODY - 120)))[-1].notification.id
            handed_in[last] = now
        runner.wait(last, timeout=300)
        return [(runner.view.seen[position] - at) * 1_000 for position, at in handed_in.items()]
