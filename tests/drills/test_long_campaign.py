"""The campaign of the default run, three times as long and with kills at other moments; `make drill` runs it."""

from __future__ import annotations

import secrets
from pathlib import Path

from tests.stories.campaign import LANES, Campaign

LETTERS, KILLS = 900, 60


async def test_killed_60_times_a_campaign_of_900_mails_loses_nothing(tmp_path: Path) -> None:
    seed = secrets.randbelow(10**9)
    found = await Campaign(tmp_path, letters=LETTERS, kills=KILLS, seed=seed).run()
    context = f"seed {seed}: {found}"
    print(context)
    assert len(found.copies) == LETTERS, context
    assert found.copies.total() - LETTERS <= KILLS * LANES, context
    assert not set(found.acknowledged) - set(found.recorded), context
    assert not found.left_behind, context
