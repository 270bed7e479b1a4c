"""Under contention, aborts and slow transactions no follower skips, repeats or reorders; and the test can see it."""

from __future__ import annotations

import asyncpg
import pytest

from tests.events.stress import Stress

LOCK = "PERFORM pg_advisory_xact_lock(8388347322922500097);"
HEAD = "head := coalesce(head, 0);"


@pytest.mark.parametrize("seed", [1, 2])
async def test_followers_see_the_log_as_it_is(pool: asyncpg.Pool, seed: int) -> None:
    assert await Stress(pool, seed=seed).run() == []


async def test_the_same_stress_sees_what_an_append_without_the_lock_does(pool: asyncpg.Pool) -> None:
    """Positions from a sequence, as most event tables have them: they become visible out of order."""
    await pool.execute("CREATE SEQUENCE naive INCREMENT 10")
    source = await pool.fetchval("SELECT pg_get_functiondef('append_events'::regproc)")
    assert LOCK in source and HEAD in source
    await pool.execute(source.replace(LOCK, "").replace(HEAD, "head := nextval('public.naive');"))
    assert "a follower skipped, repeated or reordered" in await Stress(pool).run()
