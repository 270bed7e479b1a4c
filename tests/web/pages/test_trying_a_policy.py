"""The council tries a policy: checked, replayed elsewhere, and shown by whichever process is asked."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from datetime import date
from uuid import uuid4

import asyncpg
import pytest

from projections.whatif import Episode, Moved, Outcome
from suppliers.bundled import bundled_text
from suppliers.policy import POLICIES
from suppliers.ports import Role
from suppliers.posture import Band
from tests.web.pages.house import House, Visitor
from web.pages.whatif.trial import Trial, Trials
from web.pages.whatif.work import FAILED, LONG_AGO

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


TEXT = bundled_text(POLICIES[-1])


class Replay:
    """Stands at a third until it is told to go on; `ended` when nobody listens any more."""

    def __init__(self, outcome: Outcome | None = OUTCOME) -> None:
        self.goes_on, self.ended = asyncio.Event(), asyncio.Event()
        self.given: list[str] = []
        self._outcome = outcome

    async def __call__(self, policy: str) -> AsyncIterator[str]:
        self.given.append(policy)
        try:
            yield json.dumps({"done": 1, "total": 3})
            await self.goes_on.wait()
            if self._outcome:
                yield json.dumps({"outcome": self._outcome.model_dump(mode="json")})
        finally:
            self.ended.set()


async def shows(visitor: Visitor, text: str) -> str:
    """The trial's page, as soon as it says so."""
    async with asyncio.timeout(5):
        while text not in (page := await visitor.sees(TRIAL)):  # noqa: ASYNC110 - the page asks again, too
            await asyncio.sleep(0.02)
    return page


async def test_a_policy_is_checked_then_tried_while_the_page_shows_how_far_it_is(house: House) -> None:
    replay = Replay()
    object.__setattr__(house.services, "replay", replay)
    helen = await house.enter("Helen Marsh", Role.LEGAL)
    page = await helen.opens(HERE)
    assert "watch: 25" in page.text
    wrong = await helen.sends(page, HERE, policy=TEXT.replace("watch: 25", "watch: many"))
    assert wrong.status_code == 422
    assert "bands.watch" in wrong.text and not replay.given
    before = await house.rows()
    assert (await helen.sends(page, HERE, policy=TEXT)).headers["location"] == TRIAL
    await shows(helen, "1 of 3 suppliers")
    replay.goes_on.set()
    shown = await shows(helen, "Northwind")
    assert "Elevated begins at 39" in shown
    assert "Claims" in await helen.sees(TRIAL + ".csv")
    assert replay.given == [TEXT] and await house.rows() == before
    piotr = await house.enter("Piotr Clerk", Role.PROCUREMENT)
    await piotr.sees(HERE, status=403)


class Asked:
    """One person's trial, asked for in two processes."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self.pool, self.person = pool, uuid4()
        self.here, self.there = Trials(pool), Trials(pool)

    async def begun(self, replay: Replay, where: Trials) -> None:
        await where.begin(self.person, "Stricter", TEXT, replay)

    async def told(self, done: Callable[[Trial], bool]) -> Trial:
        """What the other process shows, as soon as that is so."""
        async with asyncio.timeout(5):
            while not ((trial := await self.there.of(self.person)) and done(trial)):  # noqa: ASYNC110 - as the page
                await asyncio.sleep(0.02)
        return trial

    async def let_pass(self, seconds: int) -> None:
        back = f"interval '{seconds} seconds'"
        await self.pool.execute(f"UPDATE policy_trials SET looked_at = looked_at - {back}, told_at = told_at - {back}")


@pytest.fixture
def asked(pool: asyncpg.Pool) -> Asked:
    return Asked(pool)


async def test_another_process_shows_how_far_it_is_and_what_came_out(asked: Asked) -> None:
    replay = Replay()
    await asked.begun(replay, asked.here)
    assert (await asked.told(lambda trial: trial.total == 3)).running
    assert await asked.there.outcome(asked.person) is None
    replay.goes_on.set()
    assert not (await asked.told(lambda trial: trial.finished)).problem
    assert await asked.there.outcome(asked.person) == OUTCOME


async def test_another_process_ends_it_or_puts_another_in_its_place(asked: Asked) -> None:
    first, second = Replay(), Replay()
    await asked.begun(first, asked.here)
    await asked.begun(second, asked.there)
    await asyncio.wait_for(first.ended.wait(), 5)
    await asked.here.end(asked.person)
    await asyncio.wait_for(second.ended.wait(), 5)
    assert await asked.there.of(asked.person) is None


async def test_when_nobody_looks_for_half_a_minute_it_is_ended(asked: Asked) -> None:
    replay = Replay()
    await asked.begun(replay, asked.here)
    await asked.told(lambda trial: trial.total == 3)
    await asked.let_pass(31)
    await asyncio.wait_for(replay.ended.wait(), 5)
    assert (await asked.told(lambda trial: not trial.running)).problem == LONG_AGO


async def test_one_that_comes_to_nothing_says_so_and_so_does_one_whose_process_is_gone(asked: Asked) -> None:
    nothing = Replay(None)
    nothing.goes_on.set()
    await asked.begun(nothing, asked.here)
    assert (await asked.told(lambda trial: not trial.running)).problem == FAILED
    await asked.pool.execute("UPDATE policy_trials SET problem = ''")
    await asked.let_pass(16)
    assert (await asked.told(lambda trial: not trial.running)).problem == FAILED
    await asked.let_pass(86_400)
    assert await asked.there.of(asked.person) is None
