"""kill -9 at random moments of a campaign of mails, while a vendor is answering: nothing accepted is lost.

At most as many mails as kills x 4 lanes may come twice; each answer that was acknowledged is on the log. `make drill`
does it with 300 mails and 20 kills, and with 900 and 60.
"""

from __future__ import annotations

from pathlib import Path

from tests.stories.campaign import LANES, Campaign

LETTERS, KILLS, SEED = 60, 4, 20260105


async def test_killed_4_times_a_campaign_of_60_mails_loses_nothing(tmp_path: Path) -> None:
    found = await Campaign(tmp_path, letters=LETTERS, kills=KILLS, seed=SEED).run()
    found.check(letters=LETTERS, bound=KILLS * LANES, context=f"seed {SEED}")
