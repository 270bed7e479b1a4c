"""A view is built beside the one that is read, and swapped in while it is read."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from projections import builds, storage
from projections.projector import Projector
from projections.rebuild import Stopped, Underway, rebuild, rebuild_all
from projections.rebuild.building import TRY
from projections.rebuild.renewing import LOOK, outdated, renew
from projections.standing import standings
from projections.view import Column
from projections.waiting import Waiting
from tests.projections.log import Fact, LogFeed
from tests.projections.tallies import granted, log_of, registered, tallies
from tests.projections.test_projector import caught_up, table

ADA, BOB = uuid4(), uuid4()
SWAPS = 12


async def test_no_read_fails_and_none_goes_back_while_a_view_is_swapped_again_and_again(pool: asyncpg.Pool) -> None:
    view, feed = tallies(days=True), Growing(ADA)
    projector = Projector(feed, pool, [view], batch=50)
    await projector.catch_up()
    stop = asyncio.Event()
    read = f"SELECT row->>'roles', {view.position} FROM {view.table} WHERE key = $1"
    days = f"SELECT row->>'roles', last FROM {view.days} WHERE key = $1 AND until = 'infinity'"
    async with asyncio.TaskGroup() as tasks:
        reading = [tasks.create_task(reads(pool, read, stop, together=each)) for each in (1, 1, 3)]
        reading += [tasks.create_task(reads(pool, days, stop, together=each)) for each in (1, 3)]
        following = tasks.create_task(projector.run(stop))
        for _ in range(SWAPS):
            feed.grow(20)
            await rebuild(view, feed, pool)
        assert await Waiting(pool, [view]).wait([view.name], len(feed.facts), timeout=10)
        stop.set()
    assert following.done()
    assert min(each.result() for each in reading) > SWAPS
    assert (await table(pool, view))[str(ADA)].roles == len(feed.facts) - 1
    async with pool.acquire() as connection:
        assert len(await builds.built(connection, view)) == 1


async def reads(pool: asyncpg.Pool, query: str, stop: asyncio.Event, *, together: int) -> int:
    """Reads until told to stop, each time `together` reads in one transaction; how often."""
    seen, times = (0, 0), 0
    async with pool.acquire() as connection:
        while not stop.is_set():
            async with connection.transaction():
                for _ in range(together):
                    roles, position = await connection.fetchrow(query, str(ADA))
                    assert (int(roles), position) >= seen
                    assert int(roles) == position - 1
                    seen, times = (int(roles), position), times + 1
            await asyncio.sleep(0)
    return times


async def test_a_view_that_is_new_where_others_have_come_far_is_not_read_before_it_is_built(pool: asyncpg.Pool) -> None:
    facts = log_of(registered(ADA), granted(ADA))
    await caught_up(pool, facts, tallies())
    await pool.execute("UPDATE checkpoints SET position = $1", builds.LARGE)
    new = tallies(days=True)
    new.name = "newcomers"
    projector = await caught_up(pool, facts, tallies(), new)
    assert not any(each.error for each in projector.status)
    with pytest.raises(asyncpg.UndefinedTableError):
        await pool.fetch(f"SELECT FROM {new.table}")
    assert await renew([new], LogFeed(facts), pool, None) == LOOK
    assert (await table(pool, new))[str(ADA)].roles == 1
    assert await pool.fetchval(f"SELECT count(*) FROM {new.days}") == 1
    assert await storage.positions(pool, [new]) == {"newcomers": 2}


async def test_a_new_version_is_read_once_it_is_built_and_the_old_one_until_then(pool: asyncpg.Pool) -> None:
    facts = log_of(registered(ADA), granted(ADA))
    await caught_up(pool, facts, tallies())
    more = Column("doubled", "integer", lambda row: 2 * row.roles)
    new = tallies(version=2, columns=[more])
    async with pool.acquire() as connection:
        await storage.prepare(connection, [new])
    assert await pool.fetchval(f"SELECT roles FROM {new.table}") == 1
    assert await storage.positions(pool, [new]) == {"tallies": 0}
    assert await rebuild(new, LogFeed(facts), pool) == 2
    assert await pool.fetchval(f"SELECT doubled FROM {new.table}") == 2
    assert await storage.positions(pool, [new]) == {"tallies": 2}


async def test_a_follower_of_the_old_version_writes_nothing_into_the_new_one(pool: asyncpg.Pool) -> None:
    facts = log_of(registered(ADA), granted(ADA), granted(ADA, 3))
    await caught_up(pool, facts[:2], tallies())
    await rebuild(tallies(version=2), LogFeed(facts[:2]), pool)
    async with pool.acquire() as connection:
        with pytest.raises(storage.Overtaken):
            await storage.advance(connection, {tallies().checkpoint: 2}, 3)


async def test_what_a_killed_rebuild_left_behind_is_dropped_by_the_next(pool: asyncpg.Pool) -> None:
    view, facts = tallies(), log_of(registered(ADA))
    await caught_up(pool, facts, view)
    async with pool.acquire() as connection:
        left = await builds.begin(connection, view)
        await rebuild(view, LogFeed(facts), pool)
        assert await builds.built(connection, view) == [live := (await builds.found(connection))["tallies"]]
        assert live.number > left.number


async def test_an_event_that_cannot_be_digested_leaves_what_is_live_alone(pool: asyncpg.Pool) -> None:
    facts = log_of(registered(ADA), granted(ADA))
    await caught_up(pool, facts, good := tallies("good"), tallies("bad"))
    before = (await builds.found(pool))["bad"]
    bad = tallies("bad", stumbles_at={2})
    with pytest.raises(Stopped, match=r"bad: Person.RoleGranted at position 2: ValueError: what is this\?"):
        await rebuild_all([good, bad], LogFeed(facts), pool)
    after = await builds.found(pool)
    assert after["bad"] == before
    assert after["good"].number > before.number
    assert (await table(pool, bad))[str(ADA)].roles == 1


async def test_a_row_the_table_refuses_leaves_what_is_live_alone(pool: asyncpg.Pool) -> None:
    facts = log_of(registered(ADA), registered(BOB, name="nul \0"))
    await caught_up(pool, facts[:1], view := tallies())
    with pytest.raises(Stopped, match="tallies: "):
        await rebuild(view, LogFeed(facts), pool)
    assert set(await table(pool, view)) == {str(ADA)}


async def test_the_second_of_two_rebuilds_says_so(pool: asyncpg.Pool) -> None:
    async with pool.acquire() as other:
        await other.execute(TRY, "tallies")
        with pytest.raises(Underway, match="tallies is being rebuilt already"):
            await rebuild(tallies(), LogFeed(log_of(registered(ADA))), pool)


async def test_what_is_recorded_during_a_rebuild_is_in_it(pool: asyncpg.Pool) -> None:
    view, feed = tallies(), Growing(ADA)
    await rebuild(view, feed, pool, lambda done, total: feed.grow(1_000) if len(feed.facts) < 3_000 else None)
    await Projector(feed, pool, [view]).catch_up()
    assert (await table(pool, view))[str(ADA)].roles == len(feed.facts) - 1


async def test_tables_of_the_first_release_are_read_on_and_built_anew(pool: asyncpg.Pool) -> None:
    facts = log_of(registered(ADA), granted(ADA))
    await pool.execute("""
        CREATE TABLE view_tallies_v1 (key text PRIMARY KEY, roles integer, row jsonb NOT NULL);
        CREATE INDEX view_tallies_v1_1 ON view_tallies_v1 (roles);
        CREATE TABLE view_tallies_v0 (key text PRIMARY KEY, row jsonb NOT NULL);
        INSERT INTO view_tallies_v1 VALUES ('old', 1, '{"name": "Old", "roles": 1}');
        INSERT INTO checkpoints VALUES ('view:tallies:1', 1), ('view:tallies:0', 1);
    """)
    view = tallies(version=2, days=True)
    async with pool.acquire() as connection:
        await storage.prepare(connection, [view])
        await storage.prepare(connection, [view])
    assert set(await table(pool, view)) == {"old"}
    await rebuild(view, LogFeed(facts), pool)
    assert set(await table(pool, view)) == {str(ADA)}
    assert await pool.fetchval("SELECT count(*) FROM pg_tables WHERE tablename LIKE 'view\\_tallies%'") == 2
    assert await pool.fetchval("SELECT array_agg(name) FROM checkpoints") == ["view:tallies:2:1"]


async def test_a_table_of_the_first_release_in_todays_version_goes_on(pool: asyncpg.Pool) -> None:
    await pool.execute("""
        CREATE TABLE view_tallies_v1 (key text PRIMARY KEY, roles integer, row jsonb NOT NULL);
        INSERT INTO checkpoints VALUES ('view:tallies:1', 0);
    """)
    await caught_up(pool, log_of(registered(ADA), granted(ADA)), view := tallies())
    assert (await table(pool, view))[str(ADA)].roles == 1


class Growing(LogFeed):
    """One person's log, to which roles are added."""

    def __init__(self, person: UUID) -> None:
        super().__init__(log_of(registered(person)))
        self._person = person

    def grow(self, by: int) -> None:
        head = len(self.facts)
        events: Sequence[Any] = [granted(self._person, head + n) for n in range(1, by + 1)]
        more = [
            Fact(head + n, each, type(each).TOPIC, self.facts[0].recorded_at, None) for n, each in enumerate(events, 1)
        ]
        self.facts = [*self.facts, *more]

    async def wait(self, after: int, timeout: float) -> None:
        await asyncio.sleep(0.005)


async def test_a_raised_version_is_built_without_being_asked_for_and_once(pool: asyncpg.Pool) -> None:
    facts = log_of(registered(ADA), granted(ADA))
    await caught_up(pool, facts, tallies())
    new = tallies(version=2)
    assert await outdated([new], LogFeed(facts), pool) == [new]
    await renew([new], LogFeed(facts), pool, None)
    assert await storage.positions(pool, [new]) == {"tallies": 2}
    assert await outdated([new], LogFeed(facts), pool) == []
    assert await outdated([tallies()], LogFeed(facts), pool) == [], "an older release does not fight a newer one"


async def test_a_version_that_cannot_be_built_is_in_trouble_and_the_old_one_is_read_on(pool: asyncpg.Pool) -> None:
    facts = log_of(registered(ADA), granted(ADA))
    await caught_up(pool, facts, tallies())
    bad = tallies(version=2, stumbles_at={2})
    assert await renew([bad], LogFeed(facts), pool, None) > 60
    [standing] = await standings(pool)
    assert (standing.version, standing.event, standing.topic) == (1, 2, "Person.RoleGranted")
    assert (await table(pool, tallies()))[str(ADA)].roles == 1
