"""The manipulations of the default run, 500 of them and other ones each time; DRILL_SEED repeats a run."""

from __future__ import annotations

import os
import random
import secrets

import asyncpg

from tests.events.tree.tampering import Tampering

TIMES = 500


async def test_500_of_500_random_manipulations_are_located(database: str, pool: asyncpg.Pool) -> None:
    seed = int(os.environ.get("DRILL_SEED", secrets.randbelow(10**9)))
    print(f"DRILL_SEED={seed}")
    chance = random.Random(seed)
    connection = await asyncpg.connect(database)
    log = Tampering(connection)
    await log.prepare(pool)
    assert [said for _ in range(TIMES) if (said := await log.once(chance))] == [], f"seed {seed}"
    await connection.close()
