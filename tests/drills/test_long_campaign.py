"""The campaign of the default run, three times as long and with other kills each time; DRILL_SEED repeats one."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from tests.stories.campaign import LANES, Campaign

LETTERS, KILLS = 900, 60


async def test_killed_60_times_a_campaign_of_900_mails_loses_nothing(tmp_path: Path) -> None:
    seed = int(os.environ.get("DRILL_SEED", secrets.randbelow(10**9)))
    print(f"DRILL_SEED={seed}")
    found = await Campaign(tmp_path, letters=LETTERS, kills=KILLS, seed=seed).run()
    found.check(letters=LETTERS, bound=KILLS * LANES, context=f"seed {seed}")
