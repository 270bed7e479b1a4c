"""kill -9 at 20 random moments of a campaign of 300 mails, while a vendor is answering: nothing accepted is lost.

At most 20 kills x 4 lanes = 80 mails may come twice; each answer that was acknowledged is on the log.
"""

from __future__ import annotations

from pathlib import Path

from tests.stories.campaign import LANES, Campaign

LETTERS, KILLS, SEED = 300, 20, 20260105


async def test_killed_20_times_a_campaign_of_300_mails_loses_nothing(tmp_path: Path) -> None:
    found = await Campaign(tmp_path, letters=LETTERS, kills=KILLS, seed=SEED).run()
    found.check(letters=LETTERS, bound=KILLS * LANES, context=f"seed {SEED}")
