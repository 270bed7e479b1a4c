"""Trials of policies: one for each person, kept where every process sees it, and gone when nobody wants it any more."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import asyncpg

from projections.whatif import Outcome
from web.pages.whatif.work import FAILED, work

Replay = Callable[[str], AsyncIterator[str]]
"""Gives lines of JSON: how far it is, at last the outcome."""

BEGIN = """
INSERT INTO public.policy_trials (person_id, trial_id, title) VALUES ($1, $2, $3)
ON CONFLICT (person_id) DO UPDATE SET trial_id = $2, title = $3, done = 0, total = 0, problem = '', outcome = NULL,
                                      told_at = now(), looked_at = now()
"""
LOOK = """
UPDATE public.policy_trials SET looked_at = now() WHERE person_id = $1 AND looked_at > now() - interval '1 day'
RETURNING title, done, total, outcome IS NOT NULL AS finished,
          CASE WHEN problem = '' AND outcome IS NULL AND told_at < now() - interval '15 seconds'
               THEN $2 ELSE problem END AS problem
"""
"""A process that is not heard of any more was ended, with all that it worked on."""
OUTCOME = "SELECT outcome FROM public.policy_trials WHERE person_id = $1"
END = "DELETE FROM public.policy_trials WHERE person_id = $1"
SWEEP = "DELETE FROM public.policy_trials WHERE looked_at < now() - interval '1 day'"


@dataclass(frozen=True, slots=True)
class Trial:
    """How far it is."""

    title: str
    done: int
    total: int
    finished: bool
    problem: str

    @property
    def running(self) -> bool:
        return not self.finished and not self.problem


class Trials:
    """Each person's last one. Any process shows it; the one that began it works on it, and ends it when told to."""

    def __init__(self, pool: asyncpg.Pool[Any]) -> None:
        self._pool = pool
        self._at_work = set[asyncio.Task[None]]()

    async def of(self, person: UUID) -> Trial | None:
        """How far it is; to look at it is to want it."""
        row = await self._pool.fetchrow(LOOK, person, FAILED)
        return Trial(**row) if row else None

    async def outcome(self, person: UUID) -> Outcome | None:
        """What came out, if anything has."""
        found = await self._pool.fetchval(OUTCOME, person)
        return Outcome.model_validate_json(found) if found else None

    async def begin(self, person: UUID, title: str, policy: str, replay: Replay) -> None:
        """In place of the one before, whichever process works on that."""
        await self._pool.execute(SWEEP)
        id = uuid4()
        await self._pool.execute(BEGIN, person, id, title)
        task = asyncio.create_task(work(self._pool, id, replay(policy)))
        self._at_work.add(task)
        task.add_done_callback(self._at_work.discard)

    async def end(self, person: UUID) -> None:
        await self._pool.execute(END, person)
