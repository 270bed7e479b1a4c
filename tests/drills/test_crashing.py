"""PostgreSQL dies with what it had not written, again and again: nothing that was told or handed out is taken back."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import nats
import pytest
from nats.aio.client import Client

from cli.bookmarks import Bookmarks
from cli.embedded.nats import Nats
from cli.embedded.postgres import Postgres
from cli.pool import open_pool
from events.disk import Disk
from events.feed import Follower
from events.keys import MemoryKeyring
from events.mapper import Mapper
from events.recorder import PostgresRecorder
from events.stored import Append
from migrations import migrate
from tests.drills.chance import seed
from tests.events.boats import Boat
from tests.events.crashing import EVERYBODY, LONG, Crashing, ahead_of_the_disk, draft, kill
from workers.pointer import Pointer
from workers.relay import Relay
from workers.stream import STREAM

CRASHES = 25


@pytest.fixture
async def postgres(tmp_path: Path) -> AsyncIterator[Postgres]:
    postgres = Postgres(tmp_path / "postgres", settings=LONG)
    postgres.start()
    postgres.wait()
    await migrate(postgres.dsn())
    yield postgres
    postgres.stop()


async def test_crashes_take_back_nothing_that_was_told_or_handed_out(postgres: Postgres) -> None:
    chance = random.Random(seed())
    crashing = Crashing(postgres, postgres.dsn())
    for number in range(CRASHES):
        writes = [chance.choice(EVERYBODY) for _ in range(chance.randrange(1, 12))]
        await crashing.crash(writes, chance.uniform(0.05, 1.0), followed=chance.random() < 0.8)
        assert await crashing.verdict() == [], f"after {number + 1} crashes"
    print(f"{len(crashing.told)} appends told, {len(crashing.handed_out)} events handed out, {CRASHES} crashes")


class Deadly(Bookmarks):
    """The server dies after a batch was published, before it is noted."""

    server: Postgres

    async def set(self, name: str, position: int) -> None:
        kill(self.server)
        raise ConnectionError


@pytest.mark.parametrize("broken", [False, True])
async def test_a_position_that_was_published_is_of_the_same_event_after_a_crash_unless_nobody_waits_for_the_disk(
    postgres: Postgres, own_nats: Nats, monkeypatch: pytest.MonkeyPatch, *, broken: bool
) -> None:
    async def at_once(*_: object) -> None: ...

    if broken:
        monkeypatch.setattr(Disk, "reach", at_once)
    client = await nats.connect(own_nats.url)
    await _publish_and_die(postgres, client)
    async with open_pool(postgres.dsn(), connections=2) as pool:
        for _ in range(2):
            await PostgresRecorder(pool).append([draft()])  # where the boat was, if it went
        topics = {fact.position: fact.topic for fact in await PostgresRecorder(pool).select_feed(0, 99)}
    published = await _published(client)
    await client.close()
    assert len(published) == 2
    assert all(topics[each.position] == each.topic for each in published) is not broken


async def _publish_and_die(postgres: Postgres, client: Client) -> None:
    boat = Boat.launch()
    boat.sail(7)
    mapper = Mapper(MemoryKeyring())
    async with open_pool(postgres.dsn(), connections=4) as pool:
        bookmarks = Deadly(pool)
        bookmarks.server = postgres
        await ahead_of_the_disk(pool, Append(await mapper.drafts(boat.pending_events), command_id=uuid4()))
        with pytest.raises(ConnectionError):
            await Relay(Follower(PostgresRecorder(pool), mapper), client.jetstream(), bookmarks).run()
        pool.terminate()
    postgres.start()
    await asyncio.to_thread(postgres.wait)


async def _published(client: Client) -> list[Pointer]:
    subscription = await client.jetstream().pull_subscribe("tierce.>", stream=STREAM)
    messages = await subscription.fetch(9, timeout=5)
    return [Pointer.model_validate_json(message.data) for message in messages]
