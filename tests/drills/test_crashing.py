"""PostgreSQL dies with what it had not written, again and again: nothing that was told or handed out is taken back."""

from __future__ import annotations

import random
from pathlib import Path

from cli.embedded.postgres import Postgres
from migrations import migrate
from tests.drills.chance import seed
from tests.events.crashing import EVERYBODY, LONG, Crashing

CRASHES = 25


async def test_crashes_take_back_nothing_that_was_told_or_handed_out(tmp_path: Path) -> None:
    chance = random.Random(seed())
    postgres = Postgres(tmp_path / "postgres", settings=LONG)
    postgres.start()
    try:
        postgres.wait()
        await migrate(postgres.dsn())
        crashing = Crashing(postgres, postgres.dsn())
        for number in range(CRASHES):
            writes = [chance.choice(EVERYBODY) for _ in range(chance.randrange(1, 12))]
            await crashing.crash(writes, chance.uniform(0.05, 1.0), followed=chance.random() < 0.8)
            assert await crashing.verdict() == [], f"after {number + 1} crashes"
        print(f"{len(crashing.told)} appends told, {len(crashing.handed_out)} events handed out, {CRASHES} crashes")
    finally:
        postgres.stop()
