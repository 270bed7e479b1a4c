"""A trial under way: one for each person, kept in memory, and ended when nobody looks at it any more."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from uuid import UUID

from projections.whatif import Outcome

Replay = Callable[[str], AsyncIterator[str]]
"""Gives lines of JSON: how far it is, at last the outcome."""
PATIENCE = 30.0
"""Seconds without a look after which a trial is given up."""
FAILED = "The trial could not be finished. Start it again; if it fails once more, the log of the server says why."
LONG_AGO = "Nobody looked at the trial for a while, so it was ended."


@dataclass
class Trial:
    """What is known of it so far."""

    title: str
    done: int = 0
    total: int = 0
    outcome: Outcome | None = None
    problem: str = ""
    looked: float = field(default_factory=time.monotonic)
    task: asyncio.Task[None] | None = None

    @property
    def running(self) -> bool:
        return self.outcome is None and not self.problem

    @property
    def abandoned(self) -> bool:
        return time.monotonic() - self.looked > PATIENCE

    def look(self) -> Trial:
        self.looked = time.monotonic()
        return self

    async def run(self, replay: Replay, policy: str) -> None:
        """To its end, or until nobody looks."""
        try:
            async with aclosing(replay(policy)) as lines:  # type: ignore[type-var]
                async for line in lines:
                    self._hear(json.loads(line))
                    if self.abandoned:
                        self.problem = LONG_AGO
                        return
        except (OSError, ValueError):
            self.problem = FAILED
        if self.running:
            self.problem = FAILED

    def _hear(self, told: dict[str, object]) -> None:
        if "outcome" in told:
            self.outcome = Outcome.model_validate(told["outcome"])
        else:
            self.done, self.total = int(str(told["done"])), int(str(told["total"]))


class Trials:
    """Each person's last one."""

    def __init__(self) -> None:
        self._of: dict[UUID, Trial] = {}

    def of(self, person: UUID) -> Trial | None:
        trial = self._of.get(person)
        return trial.look() if trial else None

    def begin(self, person: UUID, title: str, policy: str, replay: Replay) -> Trial:
        """In place of the one before."""
        self.end(person)
        trial = self._of[person] = Trial(title)
        trial.task = asyncio.create_task(trial.run(replay, policy))
        return trial

    def end(self, person: UUID) -> None:
        trial = self._of.pop(person, None)
        if trial and trial.task:
            trial.task.cancel()
