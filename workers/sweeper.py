"""Finds, from PostgreSQL alone, what is still owed: JetStream may forget everything and nothing is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Protocol

import structlog

from suppliers.ports import Feed, Recorded
from workers.relay import Checkpoints
from workers.subscriptions import TOPICS, follow_up
from workers.workshop import Workshop

log = structlog.get_logger("workers")

NAME = "sweeper"
BATCH = 100
"""Facts between two checkpoints: what a killed process did since the last one is looked at again."""
AT_ONCE = 4
PAUSE, LONGEST_PAUSE = 2.0, 60.0
GRACE = timedelta(seconds=30)
"""How long the subscribers have for a fact before the sweeper looks after it."""


class Owed(Protocol):
    """A letter somebody has to see to, and the fact that asked for it."""

    @property
    def event_position(self) -> int: ...


class Ledger(Protocol):
    """Of the ledger, what the sweeper asks."""

    async def owed(self, limit: int = 100) -> Sequence[Owed]: ...
    async def unrecorded(self, limit: int = 100, *, older_than: timedelta = GRACE) -> Sequence[Owed]: ...


class Sweeper:
    """A singleton. Facts recorded before it began are nobody's any more, so it does not wait for those."""

    def __init__(self, feed: Feed, ledger: Ledger, checkpoints: Checkpoints, shop: Workshop) -> None:
        self._feed, self._ledger, self._checkpoints, self._shop = feed, ledger, checkpoints, shop
        self._began_at_position = 0
        self.position = 0

    async def run(self, *, pause: float = PAUSE) -> None:
        """Until cancelled; slower while something cannot be followed up."""
        self._began_at_position = await self._feed.head()
        self.position = await self._checkpoints.get(NAME)
        waits = pause
        while True:
            waits = pause if await self.sweep() else min(waits * 2, LONGEST_PAUSE)
            await asyncio.sleep(waits)

    async def sweep(self) -> bool:
        """One round: letters in nobody's hands, outcomes nobody recorded, then facts nobody followed up.

        False when something failed: the checkpoint stays before it, and the next round tries again.
        """
        letters = [*await self._ledger.owed(), *await self._ledger.unrecorded(older_than=GRACE)]
        facts = [found[0] for each in _positions(letters) if (found := await self._feed.read(each - 1, 1))]
        failed = await self._all(facts)
        while (walked := await self._walk()) is True:
            pass
        return not failed and walked is not None

    async def _walk(self) -> bool | None:
        """Follow up one batch of the log; False at its (ripe) end, None at a fact that failed."""
        facts = await self._feed.read(self.position, BATCH)
        ripe = [fact for fact in facts if self._ripe(fact)]
        failed = await self._all([fact for fact in ripe if fact.topic in TOPICS])
        passed = [fact for fact in ripe if not failed or fact.position < min(failed)]
        if passed:
            self.position = passed[-1].position
            await self._checkpoints.set(NAME, self.position)
        return None if failed else len(ripe) == BATCH

    def _ripe(self, fact: Recorded) -> bool:
        return fact.position <= self._began_at_position or self._shop.clock.now() - fact.recorded_at > GRACE

    async def _all(self, facts: Sequence[Recorded]) -> set[int]:
        """Follow up side by side; the positions that failed."""
        turns, failed = asyncio.Semaphore(AT_ONCE), set[int]()

        async def one(fact: Recorded) -> None:
            async with turns:
                try:
                    await follow_up(fact, self._shop)
                except Exception:
                    failed.add(fact.position)
                    log.exception("follow_up_failed", position=fact.position, topic=fact.topic)

        await asyncio.gather(*(one(fact) for fact in facts))
        return failed


def _positions(letters: Iterable[Owed]) -> list[int]:
    return sorted({each.event_position for each in letters})
