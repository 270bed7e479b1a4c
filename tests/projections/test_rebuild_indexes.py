"""Tables that were filled are indexed and counted before they are read, several at once."""

from __future__ import annotations

from uuid import uuid4

import asyncpg
import pytest

from projections import builds, storage
from projections.layout import indexes
from projections.rebuild import rebuild_all
from tests.projections.log import LogFeed
from tests.projections.tallies import granted, log_of, registered, tallies

FACTS = log_of(registered(ada := uuid4()), granted(ada))
COUNTED = "SELECT count(*) FROM pg_stats WHERE schemaname = current_schema() AND tablename = $1"
AS_EVER = "SELECT reloptions IS NOT DISTINCT FROM '{fillfactor=70}' FROM pg_class WHERE oid = $1::regclass"
AS_IT_IS = """
SELECT attstorage = 'e' FROM pg_attribute WHERE attrelid = to_regclass($1) AND attname = 'row'"""
INDEXED = "SELECT count(*) FROM pg_indexes WHERE schemaname = current_schema() AND tablename = ANY($1)"


async def test_every_table_has_its_indexes_and_statistics_when_it_is_swapped_in(pool: asyncpg.Pool) -> None:
    views = [tallies(f"tallies_{name}", days=True) for name in "abc"]
    views[2].kept_as = "text"
    await rebuild_all(views, LogFeed(FACTS), pool)
    live = await builds.found(pool)
    for view in views:
        build = live[view.name]
        assert await pool.fetchval(INDEXED, [build.table, build.days]) == len(list(indexes(view, build)))
        assert await pool.fetchval(COUNTED, build.table) > 0
        assert await pool.fetchval(COUNTED, build.days) > 0
        assert await pool.fetchval(AS_EVER, build.table), "what is meant for filling at once is over"
        assert await pool.fetchval(AS_EVER, build.days)


async def test_long_texts_are_kept_as_they_are_by_whoever_writes_them(pool: asyncpg.Pool) -> None:
    view = tallies(days=True)
    view.kept_as = "text"
    async with pool.acquire() as connection:
        await storage.prepare(connection, [view])
    for _ in ("as a follower writes", "as a rebuild does"):
        live = (await builds.found(pool))[view.name]
        assert await pool.fetchval(AS_IT_IS, live.table) and await pool.fetchval(AS_IT_IS, live.days)
        await rebuild_all([view], LogFeed(FACTS), pool)


async def test_an_index_that_cannot_be_made_leaves_what_is_live_alone(pool: asyncpg.Pool) -> None:
    await rebuild_all(views := [tallies("good"), tallies("bad")], LogFeed(FACTS), pool)
    before = await builds.found(pool)
    views[1].indexes = ("(nonsense)",)
    with pytest.raises(asyncpg.UndefinedColumnError):
        await rebuild_all(views, LogFeed(FACTS), pool)
    assert await builds.found(pool) == before
    async with pool.acquire() as connection:
        for view in views:
            assert await builds.built(connection, view) == [before[view.name]]
