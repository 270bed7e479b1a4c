"""The campaign of the default run, longer and with other kills each time; DRILL_SEED repeats one."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import pytest

from tests.stories.campaign import LANES, Campaign


@pytest.mark.parametrize(("letters", "kills"), [(300, 20), (900, 60)])
async def test_killed_again_and_again_a_campaign_loses_nothing(tmp_path: Path, letters: int, kills: int) -> None:
    seed = int(os.environ.get("DRILL_SEED", secrets.randbelow(10**9)))
    print(f"DRILL_SEED={seed}")
    found = await Campaign(tmp_path, letters=letters, kills=kills, seed=seed).run()
    found.check(letters=letters, bound=kills * LANES, context=f"seed {seed}")
