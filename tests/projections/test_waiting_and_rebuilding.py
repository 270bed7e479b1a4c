"""People read what they wrote, and a view can be thrown away."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from uuid import uuid4

import asyncpg
import pytest

from projections import storage
from projections.projector import Projector
from projections.rebuild import Stopped, rebuild
from projections.waiting import Waiting
from tests.projections.log import LogFeed
from tests.projections.tallies import granted, log_of, registered, tallies
from tests.projections.test_projector import caught_up, table

ADA = uuid4()


class Ears:
    """Hands on what a test announces."""

    def __init__(self) -> None:
        self.announce: Callable[[str], None] = lambda _: None

    def hear(self, channel: str, ear: Callable[[str], None], on_gap: Callable[[], None] | None = None) -> None:
        assert channel == storage.CHANNEL
        self.announce = ear


async def test_waiting_ends_when_the_view_is_there(pool: asyncpg.Pool) -> None:
    view = tallies()
    await caught_up(pool, log_of(registered(ADA)), view)
    waiting = Waiting(pool, [view])
    assert await waiting.wait(["tallies"], 1)
    waits = asyncio.create_task(waiting.wait(["tallies"], 2, timeout=5.0))
    await asyncio.sleep(0.02)
    await Projector(LogFeed(log_of(registered(ADA), granted(ADA))), pool, [view]).catch_up()
    assert await waits


async def test_waiting_ends_with_what_is_announced_without_asking(pool: asyncpg.Pool) -> None:
    ears = Ears()
    waiting = Waiting(pool, [tallies()], ears)
    ears.announce("tallies:7")
    ears.announce("a_view_of_another_release,tallies:9")
    assert await waiting.wait(["tallies"], 9)


async def test_waiting_gives_up_in_time(pool: asyncpg.Pool) -> None:
    view = tallies()
    await caught_up(pool, log_of(registered(ADA)), view)
    assert not await Waiting(pool, [view]).wait(["tallies"], 99, timeout=0.05)


async def test_a_database_that_does_not_answer_is_a_view_that_is_not_there(pool: asyncpg.Pool) -> None:
    pool.terminate()
    assert not await Waiting(pool, [tallies()]).wait(["tallies"], 1, timeout=0.05)


async def test_moving_is_announced_with_names_and_position(pool: asyncpg.Pool) -> None:
    heard: asyncio.Queue[str] = asyncio.Queue()
    async with pool.acquire() as connection:
        await connection.add_listener(storage.CHANNEL, lambda *what: heard.put_nowait(what[3]))
        await caught_up(pool, log_of(registered(ADA), granted(ADA)), tallies("one"), tallies("two"))
        async with asyncio.timeout(5):
            assert await heard.get() == "one,two:2"


async def test_a_rebuilt_view_is_the_same_again(pool: asyncpg.Pool) -> None:
    view, events = tallies(), log_of(registered(ADA), granted(ADA))
    await caught_up(pool, events, view)
    before = await table(pool, view)
    await pool.execute(f'UPDATE {view.table} SET row = \'{{"name": "broken"}}\'')
    seen: list[tuple[int, int]] = []
    assert await rebuild(view, LogFeed(events), pool, lambda *at: seen.append(at)) == 2
    assert await table(pool, view) == before
    assert seen == [(2, 2)]


async def test_a_rebuild_says_what_it_cannot_digest(pool: asyncpg.Pool) -> None:
    with pytest.raises(Stopped, match="position 2"):
        await rebuild(tallies(stumbles_at={2}), LogFeed(log_of(registered(ADA), granted(ADA))), pool)


async def test_any_position_can_be_waited_for_also_after_a_view_was_swapped(pool: asyncpg.Pool) -> None:
    view, events = tallies(), log_of(registered(ADA), granted(ADA), granted(ADA, 3))
    waiting = Waiting(pool, [view])
    projector = await caught_up(pool, events[:2], view)
    for position in (0, 1, 2):
        assert await waiting.wait(["tallies"], position)
    await rebuild(view, LogFeed(events[:2]), pool)
    waits = asyncio.create_task(waiting.wait(["tallies"], 3, timeout=5.0))
    await asyncio.sleep(0.02)
    assert not waits.done()
    projector._feed = LogFeed(events)
    await projector.catch_up()
    assert await waits
    assert await Waiting(pool, [view]).wait(["tallies"], 3)


async def test_what_is_heard_while_asking_is_not_forgotten(pool: asyncpg.Pool) -> None:
    view, ears = tallies(), Ears()
    await caught_up(pool, log_of(registered(ADA)), view)
    waiting = Waiting(pool, [view], ears)
    waits = asyncio.create_task(waiting.wait(["tallies"], 9, timeout=5.0))
    await asyncio.sleep(0)
    ears.announce("tallies:9")
    async with asyncio.timeout(1.0):
        assert await waits
