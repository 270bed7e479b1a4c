"""Under contention, aborts, long transactions and kills no follower skips, repeats or reorders; the test can see it."""

from __future__ import annotations

from pathlib import Path

import asyncpg

from tests.events import judging
from tests.events.stress import Stress
from tests.events.unlocked import number_by_a_sequence, take_the_lock_away


async def test_followers_of_several_writing_processes_see_the_log_as_it_is(database: str, tmp_path: Path) -> None:
    stress = Stress(database, tmp_path)
    assert await stress.run() == []
    assert any(attempt.acknowledged for attempt in stress.tried.values())
    assert {"Aborted", "Overtaken"} <= {attempt.refused for attempt in stress.tried.values()}
    assert any(not attempt.refused and not attempt.acknowledged for attempt in stress.tried.values()), "nobody died"


async def test_the_same_stress_sees_what_an_append_without_the_lock_does(
    database: str, pool: asyncpg.Pool, tmp_path: Path
) -> None:
    await number_by_a_sequence(pool)
    assert judging.ORDER in await Stress(database, tmp_path, killed=0).run()


async def test_the_same_stress_sees_that_the_lock_alone_was_forgotten(
    database: str, pool: asyncpg.Pool, tmp_path: Path
) -> None:
    """The primary key then still keeps two from the same position, at the cost of one of them."""
    await take_the_lock_away(pool)
    assert judging.NEEDLESS in await Stress(database, tmp_path, killed=0).run()
