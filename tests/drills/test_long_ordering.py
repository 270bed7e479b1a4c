"""The ordering stress for longer, with more processes and with other chances each time; DRILL_SEED repeats one."""

from __future__ import annotations

from pathlib import Path

import asyncpg
import pytest

from tests.drills.chance import seed
from tests.events import judging
from tests.events.stress import Stress
from tests.events.unlocked import number_by_a_sequence

ROUNDS = 5


@pytest.mark.parametrize("round", range(ROUNDS))
async def test_no_follower_skips_repeats_or_reorders_in_a_long_run(database: str, tmp_path: Path, round: int) -> None:
    stress = Stress(database, tmp_path, writers=6, killed=3, followers=5, appends=300, seed=seed() + round)
    assert await stress.run() == []
    acknowledged = sum(attempt.acknowledged is not None for attempt in stress.tried.values())
    print(f"{len(stress.tried)} appends tried, {acknowledged} acknowledged, {len(stress.stored)} events in order")


async def test_an_append_without_its_lock_is_seen_every_time(database: str, pool: asyncpg.Pool, tmp_path: Path) -> None:
    await number_by_a_sequence(pool)
    for round in range(ROUNDS):
        await pool.execute("ALTER TABLE event_log DISABLE TRIGGER append_only")
        await pool.execute("TRUNCATE event_log")
        assert judging.ORDER in await Stress(database, tmp_path, killed=0, seed=seed() + round).run()
