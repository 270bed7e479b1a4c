"""Followers read the log in order and are woken when it grows."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

import events.feed
from events.feed import Feed, Follower, MemoryFeed, Undecodable
from events.keys import MemoryKeyring
from events.listener import Listener
from events.mapper import Mapper
from events.memory import MemoryRecorder
from events.recorder import PostgresRecorder
from events.repository import Repository
from events.stored import Draft
from tests.events.boats import Boat

MAPPER = Mapper(MemoryKeyring())


async def sail(recorder: Any, legs: int = 0) -> Boat:
    boat = Boat.launch()
    for miles in range(legs):
        boat.sail(miles)
    await Repository(recorder, MAPPER).save(boat, actor=boat.id, correlation_id="request 7")
    return boat


class FeedContract:
    async def test_facts_come_in_order_with_all_that_is_known_of_them(self, feed: Follower, recorder: Any) -> None:
        boat = await sail(recorder, legs=2)
        launched, first, second = await feed.read(0, 10)
        assert (launched.position, first.position, second.position) == (1, 2, 3)
        assert isinstance(launched.event, Boat.Launched)
        assert (first.topic, first.event.miles, second.event.miles) == ("Boat.Sailed", 0, 1)
        assert (launched.actor, launched.command_id, launched.correlation_id) == (boat.id, None, "request 7")

    async def test_reading_goes_on_after_a_position(self, feed: Follower, recorder: Any) -> None:
        await sail(recorder, legs=5)
        assert [fact.position for fact in await feed.read(2, 3)] == [3, 4, 5]

    async def test_reading_can_be_narrowed_to_topics(self, feed: Follower, recorder: Any) -> None:
        await sail(recorder, legs=2)
        await sail(recorder)
        assert [fact.position for fact in await feed.read(0, 9, topics=["Boat.Launched"])] == [1, 4]

    async def test_waiting_ends_when_something_was_appended(self, feed: Follower, recorder: Any) -> None:
        waiting = asyncio.create_task(feed.wait(0, 10))
        await asyncio.sleep(0.02)
        assert not waiting.done()
        await sail(recorder)
        await asyncio.wait_for(waiting, 0.5)

    async def test_waiting_for_what_is_there_already_returns(self, feed: Follower, recorder: Any) -> None:
        await sail(recorder, legs=2)
        await asyncio.wait_for(feed.wait(2, 10), 1.5)

    async def test_what_was_announced_and_went_in_a_crash_is_waited_for(self, feed: Follower, recorder: Any) -> None:
        feed.ring(1)
        assert await feed.read(0, 10) == []
        waiting = asyncio.create_task(feed.wait(0, 10))
        await asyncio.sleep(0.02)
        assert not waiting.done()
        await sail(recorder)
        await asyncio.wait_for(waiting, 0.5)

    async def test_waiting_in_vain_ends_in_time(self, feed: Follower) -> None:
        started = time.monotonic()
        await feed.wait(0, 0.05)
        assert 0.04 < time.monotonic() - started < 0.5

    async def test_many_can_wait_for_different_positions(self, feed: Follower, recorder: Any) -> None:
        near, far = (asyncio.create_task(feed.wait(position, 10)) for position in (0, 1))
        await asyncio.sleep(0.01)
        await sail(recorder)
        await asyncio.wait_for(near, 0.5)
        assert not far.done()
        await sail(recorder)
        await asyncio.wait_for(far, 0.5)

    async def test_a_fact_that_cannot_be_read_stops_the_reader_right_before_it(
        self, feed: Follower, recorder: Any
    ) -> None:
        await sail(recorder)
        await recorder.append([Draft(uuid4(), 1, "Boat.Flown", b"{}")])
        await sail(recorder)
        assert [fact.position for fact in await feed.read(0, 10)] == [1]
        with pytest.raises(Undecodable, match=r"position 2, Boat\.Flown"):
            await feed.read(1, 10)
        assert [fact.position for fact in await feed.read(2, 10)] == [3]


class TestMemoryFeed(FeedContract):
    @pytest.fixture
    def recorder(self) -> MemoryRecorder:
        return MemoryRecorder()

    @pytest.fixture
    def feed(self, recorder: MemoryRecorder) -> MemoryFeed:
        return MemoryFeed(recorder, MAPPER)


class TestFeed(FeedContract):
    @pytest.fixture
    def recorder(self, pool: asyncpg.Pool) -> PostgresRecorder:
        return PostgresRecorder(pool)

    @pytest.fixture
    async def listener(self, database: str) -> Listener:
        return Listener(database, retry=0.01)

    @pytest.fixture
    async def feed(self, listener: Listener, recorder: PostgresRecorder) -> AsyncIterator[Feed]:
        feed = Feed(listener, recorder, MAPPER)
        await listener.start()
        yield feed
        await listener.close()

    async def test_what_nobody_announced_is_found_by_looking(
        self, feed: Feed, listener: Listener, recorder: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(events.feed, "POLL", 0.02)
        await listener.close()
        waiting = asyncio.create_task(feed.wait(0, 10))
        await sail(recorder)
        await asyncio.wait_for(waiting, 0.5)

    async def test_whoever_has_a_connection_may_have_it_asked_when_no_other_is_free(
        self, feed: Feed, recorder: Any, pool: asyncpg.Pool
    ) -> None:
        await sail(recorder, legs=1)
        async with AsyncExitStack() as borrowed:
            *_, own = [await borrowed.enter_async_context(pool.acquire()) for _ in range(pool.get_max_size())]
            assert [fact.position for fact in await feed.read(0, 10, on=own)] == [1, 2]

    async def test_a_listener_whose_connection_was_killed_comes_back_and_says_so(
        self, database: str, pool: asyncpg.Pool
    ) -> None:
        gaps: list[int] = []
        heard: asyncio.Queue[str] = asyncio.Queue()
        listener = Listener(database, retry=0.01)
        listener.hear("tierce_events", heard.put_nowait, lambda: gaps.append(1))
        await listener.start()
        before = len(gaps)
        killed = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'tierce listener'"
        await pool.execute(f"{killed} AND datname = current_database()")
        async with asyncio.timeout(5):
            while len(gaps) < before + 2:  # noqa: ASYNC110
                await asyncio.sleep(0.005)
        await sail(PostgresRecorder(pool))
        assert await asyncio.wait_for(heard.get(), 2) == "1"
        await listener.close()


async def test_who_waits_can_be_stopped_at_the_very_moment_something_is_recorded() -> None:
    for turns in range(6):
        feed = MemoryFeed(MemoryRecorder(), MAPPER)
        waiting = asyncio.create_task(feed.wait(0, 5.0))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        feed.ring(1)
        for _ in range(turns):
            await asyncio.sleep(0)
        if waiting.cancel():
            with pytest.raises(asyncio.CancelledError):
                await waiting
