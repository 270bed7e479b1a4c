"""kill -9 at 20 random moments of a campaign of 300 mails, while a vendor is answering: nothing accepted is lost."""

from __future__ import annotations

from pathlib import Path

from tests.stories.campaign import LANES, Campaign

LETTERS, KILLS, SEED = 300, 20, 20260105


async def test_killed_20_times_a_campaign_of_300_mails_loses_nothing(tmp_path: Path) -> None:
    found = await Campaign(tmp_path, letters=LETTERS, kills=KILLS, seed=SEED).run()
    context = f"seed {SEED}: {found}"
    print(context)
    assert len(found.copies) == LETTERS, context
    assert found.copies.total() - LETTERS <= KILLS * LANES, context
    assert found.sent == found.done == LETTERS, context
    assert found.acknowledged, context
    lost = set(found.acknowledged) - set(found.recorded)
    assert not lost, f"{context}; lost {sorted(lost)}"
    assert not found.left_behind, context
