"""The council tries a policy: checked, replayed elsewhere, shown, and never kept."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import date
from uuid import uuid4

from projections.whatif import Episode, Moved, Outcome
from suppliers.bundled import bundled_text
from suppliers.policy import POLICIES
from suppliers.ports import Role
from suppliers.posture import Band
from tests.web.pages.house import House

HERE, TRIAL = "/council/whatif", "/council/whatif/trial"
MOVED = Moved(
    supplier_id=uuid4(), supplier_name="Northwind", use_id=uuid4(), title="Claims", on=date(2026, 1, 4),
    before=Band.WATCH, after=Band.ELEVATED, score_before=40.0, score_after=41.0, tier_before=2, tier_after=2,
    reasons=("Elevated begins at 39 instead of 45.",),
    episodes=(Episode(since=date(2026, 1, 2), until=None, before=Band.WATCH, after=Band.ELEVATED),),
)  # fmt: skip
OUTCOME = Outcome(
    policy="scoring_policy@2", title="Stricter", suppliers=3, uses=4, moved=(MOVED,),
    spread=((Band.WATCH, Band.ELEVATED, 1), (Band.ELEVATED, Band.ELEVATED, 3)),
)  # fmt: skip


async def test_a_policy_is_checked_then_tried_while_the_page_shows_how_far_it_is(house: House) -> None:
    goes_on, given = asyncio.Event(), list[str]()

    async def replay(policy: str) -> AsyncIterator[str]:
        given.append(policy)
        yield json.dumps({"done": 1, "total": 3})
        await goes_on.wait()
        yield json.dumps({"outcome": OUTCOME.model_dump(mode="json")})

    object.__setattr__(house.services, "replay", replay)
    helen = await house.enter("Helen Marsh", Role.LEGAL)
    text = bundled_text(POLICIES[-1])
    page = await helen.opens(HERE)
    assert "watch: 25" in page.text
    wrong = await helen.sends(page, HERE, policy=text.replace("watch: 25", "watch: many"))
    assert wrong.status_code == 422
    assert "bands.watch" in wrong.text and not given
    before = await house.rows()
    assert (await helen.sends(page, HERE, policy=text)).headers["location"] == TRIAL
    await asyncio.sleep(0.05)
    assert "1 of 3 suppliers" in await helen.sees(TRIAL)
    goes_on.set()
    await asyncio.sleep(0.05)
    shown = await helen.sees(TRIAL)
    assert "Northwind" in shown and "Elevated begins at 39" in shown
    assert "Claims" in await helen.sees(TRIAL + ".csv")
    assert given == [text] and await house.rows() == before
    piotr = await house.enter("Piotr Clerk", Role.PROCUREMENT)
    await piotr.sees(HERE, status=403)
