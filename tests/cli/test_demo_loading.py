"""Loading the demo: all or nothing, into an empty instance only, and no letter of its past is ever mailed."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from cli.bookmarks import Bookmarks
from cli.clock import SystemClock
from cli.demo.history import History
from cli.demo.loading import NotEmpty, load, refuse_unless_empty
from cli.main import app
from cli.store import open_store
from events.checkpoints import CheckpointMoved
from notifications.ledger import Ledger
from notifications.letter import House, Letter
from notifications.mailroom import Mailroom
from notifications.outcome import Outcome, Sent
from projections import renewals, storage
from projections.all import VIEWS
from projections.view import fold
from suppliers.attestation_types import attestation_rules
from suppliers.commands import handlers
from suppliers.links import Links
from suppliers.person import Person
from suppliers.policy import policy
from suppliers.questionnaires.library import library
from telling import FEW, TODAY, told
from workers.sweeper import Sweeper
from workers.workshop import Workshop

if TYPE_CHECKING:
    import asyncpg


@pytest.fixture(scope="module")
def history() -> History:
    return told(*FEW)


class Watched:
    """A post that notes what it is asked to send."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    async def send(self, letter: Letter) -> Outcome:
        self.sent.append(letter.key)
        return Sent()


async def test_the_log_is_what_was_told(pool: asyncpg.Pool, history: History) -> None:
    await load(pool, history)
    rows = await pool.fetch("SELECT position, topic, recorded_at, actor, command_id FROM event_log ORDER BY position")
    assert [tuple(row) for row in rows] == [
        (fact.position, fact.topic, fact.recorded_at, fact.actor, fact.command_id) for fact in history.facts
    ]


async def test_people_can_be_read_with_the_keys_that_came_along(
    pool: asyncpg.Pool, database: str, history: History
) -> None:
    await load(pool, history)
    first = history.facts[0]
    async with open_store(database, handlers={}, clock=SystemClock()) as store:
        person = await store.office.load(Person, first.event.originator_id)
    assert person.name == first.event.name


async def test_every_file_named_in_an_event_is_there(pool: asyncpg.Pool, history: History) -> None:
    await load(pool, history)
    stored = {row["sha256"].hex(): row["body"] for row in await pool.fetch("SELECT sha256, body FROM evidence_blobs")}
    named = {fact.event.evidence.sha256 for fact in history.facts if fact.topic == "Assessment.EvidenceAttached"}
    assert named and named <= set(stored)
    assert all(hashlib.sha256(body).hexdigest() == sha256 for sha256, body in stored.items())


async def test_an_instance_with_records_is_refused_and_left_as_it_is(pool: asyncpg.Pool, history: History) -> None:
    await load(pool, history)
    with pytest.raises(NotEmpty, match="fills an empty one only"):
        await refuse_unless_empty(pool)


async def test_a_demo_that_is_cut_off_leaves_nothing_and_can_be_loaded_again(
    pool: asyncpg.Pool, history: History
) -> None:
    def cut_off(share: float) -> None:
        if share > 0.6:
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await load(pool, history, cut_off)
    for table in ("event_log", "person_keys", "letters", "evidence_blobs", "checkpoints"):
        assert await pool.fetchval(f"SELECT count(*) FROM {table}") == 0
    await load(pool, history)
    assert await pool.fetchval("SELECT count(*) FROM event_log") == len(history.facts)


async def test_pages_show_all_of_it_at_once_and_just_what_the_projector_would_have_made(
    pool: asyncpg.Pool, history: History
) -> None:
    await load(pool, history)
    assert set((await storage.positions(pool, VIEWS)).values()) == {len(history.facts)}
    for view in VIEWS:
        shown = {row["key"]: json.loads(row["row"]) for row in await pool.fetch(f"SELECT key, row FROM {view.table}")}
        made = {key: json.loads(view.text(row)) for key, row in fold(view, history.facts).items()}
        assert shown == made, view.name


async def test_the_timekeeper_has_nothing_to_catch_up_on(pool: asyncpg.Pool, history: History) -> None:
    await load(pool, history)
    evening = datetime.combine(TODAY - timedelta(days=1), time(23), tzinfo=UTC)
    assert [each.key for each in await renewals.due(pool, evening)] == []


async def test_followers_begin_after_the_demo(pool: asyncpg.Pool, history: History) -> None:
    await load(pool, history)
    bookmarks = Bookmarks(pool)
    assert [await bookmarks.get(name) for name in ("relay", "sweeper")] == [len(history.facts)] * 2


async def test_a_follower_that_was_running_before_the_demo_mails_nothing_and_starts_again_behind_it(
    pool: asyncpg.Pool, database: str, history: History
) -> None:
    """It may follow up one batch before it learns that the demo moved its checkpoint; the ledger says: done."""
    clock, post = SystemClock(), Watched()
    table = handlers(policy(), library(), attestation_rules())
    async with open_store(database, handlers=table, clock=clock) as store:
        ledger = Ledger(store.pool, 1, clock=clock)
        shop = Workshop(
            office=store.office,
            mailroom=Mailroom(post, ledger, clock),
            clock=clock,
            links=Links("another key of forty characters or more"),
            library=library(),
            policy=policy(),
            rules=attestation_rules(),
            house=House(name="Your company"),
            base_url="http://127.0.0.1",
        )
        sweeper = Sweeper(store.feed, ledger, Bookmarks(store.pool), shop)
        await load(pool, history)
        with pytest.raises(CheckpointMoved):
            await sweeper.sweep()
    assert post.sent == []
    assert await pool.fetchval("SELECT count(*) FROM event_log") == len(history.facts)


def test_a_past_that_would_lie_in_the_future_is_refused() -> None:
    answer = CliRunner().invoke(app, ["demo", "--date", "2999-01-01"])
    assert (answer.exit_code, "would lie in the future" in answer.output) == (2, True)
