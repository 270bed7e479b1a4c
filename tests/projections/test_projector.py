"""The projector on a real database: nothing twice, nothing lost, and one view's trouble stays its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from projections import follower, storage
from projections.all import VIEWS
from projections.projector import Projector
from projections.shelf import Shelf
from projections.view import View, fold
from tests.projections.log import Fact, Log, LogFeed
from tests.projections.tallies import erased, granted, log_of, registered, tallies

ADA, BOB = uuid4(), uuid4()
UNMOVABLE = """
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'the plug was pulled'; END $$;
CREATE TRIGGER unmovable BEFORE UPDATE ON checkpoints FOR EACH ROW EXECUTE FUNCTION refuse()"""


@pytest.mark.parametrize("batch", [1, 7, 500])
async def test_every_table_is_the_fold_of_the_log(pool: asyncpg.Pool, told: Log, batch: int) -> None:
    facts = told.facts if batch > 1 else told.facts[:120]
    projector = Projector(LogFeed(facts), pool, VIEWS, batch=batch)
    await projector.catch_up()
    for view in VIEWS:
        assert await table(pool, view) == fold(view, facts), view
    assert {each.position for each in projector.status} == {len(facts)}
    assert {each.lag for each in projector.status} == {0}


async def test_a_row_that_is_gone_is_gone_from_the_table(pool: asyncpg.Pool) -> None:
    view = tallies()
    await caught_up(pool, log_of(registered(ADA), registered(BOB), erased(ADA, 2)), view)
    assert set(await table(pool, view)) == {str(BOB)}


async def test_typed_columns_follow_the_row(pool: asyncpg.Pool) -> None:
    view = tallies()
    await caught_up(pool, log_of(registered(ADA), granted(ADA)), view)
    assert await pool.fetchval(f"SELECT roles FROM {view.table}") == 1


async def test_a_view_that_cannot_digest_an_event_stops_alone_and_goes_on_once_it_can(pool: asyncpg.Pool) -> None:
    stumbling: set[int] = {2}
    bad, good = tallies("bad", stumbles_at=stumbling), tallies("good")
    projector = await caught_up(pool, log_of(registered(ADA), granted(ADA), granted(ADA, 3)), bad, good)
    status = {each.name: each for each in projector.status}
    assert (status["good"].position, status["good"].error) == (3, "")
    assert (status["bad"].position, status["bad"].lag, status["bad"].stuck_at) == (1, 2, 2)
    assert "what is this?" in status["bad"].error
    stumbling.clear()
    await again(projector)
    assert [each.error for each in projector.status] == ["", ""]
    assert await table(pool, bad) == await table(pool, good)


@pytest.mark.parametrize("batch", [1, 2, 500])
async def test_an_event_whose_row_the_table_refuses_is_found_within_its_batch(pool: asyncpg.Pool, batch: int) -> None:
    """Also when what comes after it was folded already."""
    view = tallies()
    events = log_of(registered(ADA), granted(ADA), registered(BOB, name="nul \0"), granted(ADA, 3))
    projector = Projector(LogFeed(events), pool, [view], batch=batch)
    await projector.catch_up()
    [status] = projector.status
    assert (status.position, status.stuck_at) == (2, 3)
    assert (await table(pool, view))[str(ADA)].roles == 1


async def test_rows_are_never_written_without_their_checkpoint(pool: asyncpg.Pool) -> None:
    """Both are there or neither is, also when the checkpoint is what fails."""
    view = tallies()
    await caught_up(pool, log_of(registered(ADA)), view)
    await pool.execute(UNMOVABLE)
    crashing = await caught_up(pool, log_of(registered(ADA), granted(ADA)), view)
    assert "the plug was pulled" in crashing.status[0].error
    assert (await table(pool, view))[str(ADA)].roles == 0
    assert await storage.positions(pool, [view]) == {"tallies": 1}
    await pool.execute("DROP TRIGGER unmovable ON checkpoints")
    await again(crashing)
    assert (await table(pool, view))[str(ADA)].roles == 1


async def test_what_a_projector_keeps_in_mind_is_forgotten_when_another_one_wrote(pool: asyncpg.Pool) -> None:
    view, events = tallies(), log_of(registered(ADA), granted(ADA), granted(ADA, 3), granted(ADA, 4))
    first = Projector(LogFeed(events[:1]), pool, [view])
    await first.catch_up()
    await caught_up(pool, events[:3], view)
    first._feed = LogFeed(events)
    await first.catch_up()
    assert (await table(pool, view))[str(ADA)].roles == 3


async def test_all_views_are_written_with_one_statement(pool: asyncpg.Pool) -> None:
    events = log_of(registered(ADA), granted(ADA))
    await caught_up(pool, events[:1], tallies("one"), tallies("two"))
    ids = set()
    for name in ("one", "two"):
        ids.add(await pool.fetchval(f"SELECT xmin::text FROM checkpoints WHERE name LIKE 'view:{name}:%'"))
        ids.add(await pool.fetchval(f"SELECT xmin::text FROM {await live(pool, name)}"))
    assert len(ids) == 1


async def test_the_next_batch_is_folded_while_one_is_written(pool: asyncpg.Pool) -> None:
    view, events = tallies(), log_of(registered(ADA), granted(ADA), granted(ADA, 3))
    await caught_up(pool, events[:1], view)
    async with held_up(pool, view, events):
        assert await storage.positions(pool, [view]) == {"tallies": 1}
    assert (await table(pool, view))[str(ADA)].roles == 2


async def test_what_was_folded_ahead_is_forgotten_when_another_one_wrote(pool: asyncpg.Pool) -> None:
    view, events = tallies(), log_of(registered(ADA), granted(ADA), granted(ADA, 3))
    await caught_up(pool, events[:1], view)
    async with held_up(pool, view, events) as other:
        await other.execute("""UPDATE view_tallies SET row = row || '{"roles": 7}'""")
        await other.execute("UPDATE checkpoints SET position = 2 WHERE name LIKE 'view:tallies:%'")
    assert (await table(pool, view))[str(ADA)].roles == 8


async def test_a_projector_cancelled_while_it_writes_has_written_nothing(pool: asyncpg.Pool) -> None:
    view, events = tallies(), log_of(registered(ADA), granted(ADA), granted(ADA, 3))
    await caught_up(pool, events[:1], view)
    others = asyncio.all_tasks()
    async with held_up(pool, view, events):
        (running,) = (each for each in asyncio.all_tasks() - others if each.get_name() == "held up")
        running.cancel()
        await asyncio.wait([running])
        assert asyncio.all_tasks() == others
    assert (await table(pool, view))[str(ADA)].roles == 0
    assert await storage.positions(pool, [view]) == {"tallies": 1}


@asynccontextmanager
async def held_up(pool: asyncpg.Pool, view: View[Any], events: Sequence[Fact]) -> AsyncIterator[Any]:
    """Within, somebody else keeps the checkpoint that the projector wants to move, and it has read on; after it, all
    is there."""
    feed, stop = CountingFeed(events), asyncio.Event()
    async with pool.acquire() as other, asyncio.timeout(5):
        async with other.transaction():
            await other.execute("SELECT FROM checkpoints WHERE name LIKE 'view:%' FOR UPDATE")
            running = asyncio.create_task(Projector(feed, pool, [view], batch=1).run(stop), name="held up")
            while (2, 1) not in feed.reads:  # noqa: ASYNC110 - until it asks for what comes after
                await asyncio.sleep(0.01)
            yield other
        if not running.done():
            await until_there(pool, view, len(events))
            stop.set()
            await running


async def test_a_second_projector_repeats_nothing(pool: asyncpg.Pool) -> None:
    view = tallies()
    first = await caught_up(pool, log_of(registered(ADA)), view)
    longer = LogFeed(log_of(registered(ADA), granted(ADA)))
    await Projector(longer, pool, [view]).catch_up()
    first._feed = longer
    await first.catch_up()
    assert (await table(pool, view))[str(ADA)].roles == 1
    assert first.status[0].position == 2


async def test_views_behind_one_another_read_together_once_they_have_met(pool: asyncpg.Pool) -> None:
    events = log_of(registered(ADA), granted(ADA), granted(ADA, 3), granted(ADA, 4))
    old, new = tallies("old"), tallies("new")
    await caught_up(pool, events[:2], old)
    feed = CountingFeed(events)
    projector = Projector(feed, pool, [old, new])
    await projector.catch_up()
    assert await table(pool, old) == await table(pool, new)
    assert feed.reads == [(0, 2), (2, 500), (4, 500)]


async def test_an_event_that_nothing_can_read_is_said_by_every_view(pool: asyncpg.Pool) -> None:
    class Unreadable(LogFeed):
        async def read(self, after: int, limit: int, *, on: object = None) -> Sequence[Fact]:
            raise ValueError("no such event")

    projector = Projector(Unreadable(log_of(registered(ADA))), pool, [tallies("one"), tallies("two")])
    await projector.catch_up()
    assert all("no such event" in each.error for each in projector.status)


async def test_it_follows_until_it_is_told_to_stop(pool: asyncpg.Pool) -> None:
    view, stop = tallies(), asyncio.Event()
    feed = LogFeed(log_of(registered(ADA)))
    running = asyncio.create_task(Projector(feed, pool, [view]).run(stop))
    async with asyncio.timeout(5):
        await until_there(pool, view, 1)
        feed.facts = log_of(registered(ADA), granted(ADA))
        await until_there(pool, view, 2)
        stop.set()
        await running


class CountingFeed(LogFeed):
    def __init__(self, facts: Sequence[Fact]) -> None:
        super().__init__(facts)
        self.reads: list[tuple[int, int]] = []

    async def read(self, after: int, limit: int, *, on: object = None) -> Sequence[Fact]:
        self.reads.append((after, limit))
        return await super().read(after, limit)


async def caught_up(pool: asyncpg.Pool, facts: Sequence[Fact], *views: View[Any]) -> Projector:
    projector = Projector(LogFeed(facts), pool, views)
    await projector.catch_up()
    return projector


async def again(projector: Projector) -> None:
    """Let the stopped views try again at once."""
    for each in projector._followers:
        assert each.resumes > 0 or not each.error
        each.resumes = 0.0
    await projector.catch_up()


async def until_there(pool: asyncpg.Pool, view: View[Any], position: int) -> None:
    while True:
        try:
            if await storage.positions(pool, [view]) == {view.name: position}:
                return
        except asyncpg.UndefinedTableError:
            pass
        await asyncio.sleep(0.01)


async def table(pool: asyncpg.Pool, view: View[Any]) -> dict[str, Any]:
    found = await pool.fetch(f"SELECT key, row::text FROM {view.table}")
    return {key: view.row_type.model_validate_json(row) for key, row in found}


def test_rows_that_may_not_be_written_yet_stay_on_the_shelf() -> None:
    shelf: Shelf[Any] = Shelf(room=1)
    shelf.keep(dict.fromkeys(["old", "older"]))
    shelf.keep(dict.fromkeys(["one", "two"]))
    shelf.tidy(latest=2)
    assert shelf.missing(["old", "older", "one", "two"]) == ["old", "older"]


def test_a_stopped_view_waits_longer_each_time() -> None:
    each = follower.Follower(tallies())
    waits = []
    for _ in range(4):
        each.stop("again", 7, None)
        waits.append(round(each.resumes - follower.time.monotonic()))
    assert waits == [1, 2, 5, 10]


async def test_a_projector_that_is_cancelled_at_rest_leaves_nobody_waiting(pool: asyncpg.Pool) -> None:
    class Quiet(LogFeed):
        async def wait(self, after: int, timeout: float) -> None:
            await asyncio.sleep(60)

    others = asyncio.all_tasks()
    running = asyncio.create_task(Projector(Quiet([]), pool, [tallies()]).run(asyncio.Event()))
    async with asyncio.timeout(10):
        while len(asyncio.all_tasks() - others) < 3:  # noqa: ASYNC110 - itself, and the two it waits for
            await asyncio.sleep(0.01)
    running.cancel()
    await asyncio.wait([running])
    assert asyncio.all_tasks() == others


async def live(pool: asyncpg.Pool, name: str) -> str:
    """The table behind a view's stable name."""
    version, build = await pool.fetchrow("SELECT version, build FROM view_builds WHERE name = $1", name)
    return f"view_{name}_v{version}_b{build}"
