"""A view that stands still is seen from everywhere, alone, and only as long as it does."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

import asyncpg

from projections import storage, troubles
from projections.projector import Projector
from projections.rebuild import rebuild
from projections.rebuild.renewing import renew
from projections.standing import Lookout, Standing, standings
from tests.projections.log import Fact, LogFeed
from tests.projections.tallies import granted, log_of, registered, tallies
from tests.projections.test_projector import again, caught_up, table

ADA = uuid4()
EVENTS = log_of(registered(ADA), granted(ADA), granted(ADA, 3), granted(ADA, 4))


async def standing(pool: asyncpg.Pool, name: str = "bad") -> Standing:
    return next(each for each in await standings(pool) if each.name == name)


async def test_every_process_sees_which_event_a_view_cannot_digest_and_why(pool: asyncpg.Pool) -> None:
    await caught_up(pool, EVENTS, tallies("bad", stumbles_at={2}), tallies("good"))
    bad, good = await standing(pool), await standing(pool, "good")
    assert (bad.stuck, bad.position, bad.event, bad.topic) == (True, 1, 2, "Person.RoleGranted")
    assert bad.error is not None and "what is this?" in bad.error
    assert (good.stuck, good.position) == (False, 4)


async def test_since_when_it_stands_still_is_kept_while_it_tries_again(pool: asyncpg.Pool) -> None:
    projector = await caught_up(pool, EVENTS, tallies("bad", stumbles_at={2}))
    first = await standing(pool)
    await again(projector)
    second = await standing(pool)
    assert (second.since, first.tries, second.tries) == (first.since, 1, 2)


async def test_a_release_that_can_digest_it_ends_the_standstill(pool: asyncpg.Pool) -> None:
    await caught_up(pool, EVENTS, tallies("bad", stumbles_at={2}))
    await caught_up(pool, EVENTS, tallies("bad"))
    assert not (await standing(pool)).stuck
    assert await troubles.known(pool) == set()


async def test_a_rebuild_past_the_event_ends_the_standstill(pool: asyncpg.Pool) -> None:
    await caught_up(pool, EVENTS, tallies("bad", stumbles_at={2}))
    await rebuild(tallies("bad"), LogFeed(EVENTS), pool)
    assert not (await standing(pool)).stuck


async def test_an_event_that_nobody_can_read_is_each_views_trouble(pool: asyncpg.Pool) -> None:
    class Unreadable(Exception):
        position, topic = 1, "Person.Renamed"

    class Feed(LogFeed):
        async def read(self, after: int, limit: int, *, on: object = None) -> Sequence[Fact]:
            raise Unreadable("what is this?")

    await Projector(Feed(EVENTS), pool, [tallies("bad"), tallies("good")]).catch_up()
    assert {(each.name, each.event, each.topic) for each in await standings(pool)} == {
        ("bad", 1, "Person.Renamed"),
        ("good", 1, "Person.Renamed"),
    }


async def test_a_connection_that_is_lost_is_no_trouble_of_a_view(pool: asyncpg.Pool) -> None:
    class Down(LogFeed):
        async def read(self, after: int, limit: int, *, on: object = None) -> Sequence[Fact]:
            raise ConnectionResetError

    await Projector(Down(EVENTS), pool, [tallies("bad")]).catch_up()
    assert not (await standing(pool)).stuck


async def test_a_rebuild_beside_it_makes_a_projector_forget_the_rows_it_had_in_mind(pool: asyncpg.Pool) -> None:
    projector = await caught_up(pool, EVENTS[:2], tallies("bad"))
    await pool.execute('UPDATE view_bad SET row = \'{"name": "spoilt", "roles": 7}\'')
    await rebuild(tallies("bad"), LogFeed(EVENTS[:2]), pool)
    await pool.execute('UPDATE view_bad SET row = row || \'{"name": "made again"}\'')
    projector._feed = LogFeed(EVENTS)
    await projector.catch_up()
    [row] = (await table(pool, tallies("bad"))).values()
    assert (row.name, row.roles) == ("made again", 3)


async def test_a_view_made_by_another_release_is_left_alone_until_it_is_built_anew(
    pool: asyncpg.Pool,
) -> None:
    old, new = tallies("bad"), tallies("bad", version=2)
    await caught_up(pool, EVENTS[:2], old)
    projector = await caught_up(pool, EVENTS, new, tallies("good"))
    assert (await standing(pool)).position == 2
    assert (await standing(pool, "good")).position == 4
    await rebuild(new, LogFeed(EVENTS[:3]), pool)
    projector._looked = 0.0
    await projector.catch_up()
    found = await standing(pool)
    assert (found.version, found.position) == (2, 4)
    assert await storage.positions(pool, [new]) == {"bad": 4}


async def test_a_newer_version_that_cannot_be_built_is_a_standstill_also_at_an_event_that_the_old_one_has(
    pool: asyncpg.Pool,
) -> None:
    await caught_up(pool, EVENTS, tallies("bad"))
    await renew([tallies("bad", version=2, stumbles_at={2})], LogFeed(EVENTS), pool, None)
    found = await standing(pool)
    assert (found.stuck, found.version, found.position, found.event) == (True, 1, 4, 2)
    await renew([tallies("bad", version=2)], LogFeed(EVENTS), pool, None)
    found = await standing(pool)
    assert (found.stuck, found.version, found.position) == (False, 2, 4)


async def test_who_looks_out_for_pages_looks_seldom_and_never_fails(pool: asyncpg.Pool) -> None:
    await caught_up(pool, EVENTS, tallies("bad", stumbles_at={2}))
    lookout = Lookout(pool)
    seen = await lookout()
    assert [each.stuck for each in seen] == [True]
    await caught_up(pool, EVENTS, tallies("bad"))
    assert await lookout() is seen
    pool.terminate()
    lookout._looked = 0.0
    assert [each.stuck for each in await lookout()] == [True]


async def test_before_anything_was_kept_there_is_nothing_to_see(pool: asyncpg.Pool) -> None:
    assert await standings(pool) == []
    assert await Lookout(pool)() == []


async def test_a_view_that_does_not_move_is_late_only_after_a_while(pool: asyncpg.Pool) -> None:
    await caught_up(pool, EVENTS, tallies("bad"))
    await pool.execute("UPDATE checkpoints SET position = -3")
    lookout = Lookout(pool)
    assert [each.late for each in await lookout()] == [0]
    lookout._moved = {place: since - 42 for place, since in lookout._moved.items()}
    lookout._looked = 0.0
    assert [each.late for each in await lookout()] == [42]
