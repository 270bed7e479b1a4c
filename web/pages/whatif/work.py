"""The work on one trial, in the process that began it: hear how far it is, write it down, stop when nobody wants it."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg

from projections.whatif import Outcome

log = logging.getLogger(__name__)

EVERY = 0.25
"""Seconds between two words of it."""
FAILED = "The trial could not be finished. Start it again; if it fails once more, the log of the server says why."
LONG_AGO = "Nobody looked at the trial for a while, so it was ended."

TELL = """
UPDATE public.policy_trials
   SET done = $2, total = $3, told_at = now(),
       problem = CASE WHEN looked_at < now() - interval '30 seconds' THEN $4 ELSE '' END
 WHERE trial_id = $1 RETURNING problem
"""
FINISH = "UPDATE public.policy_trials SET done = $2, total = $3, outcome = $4, problem = $5 WHERE trial_id = $1"


@dataclass
class Heard:
    """What was heard of it so far."""

    done: int = 0
    total: int = 0
    outcome: str | None = None


async def work(pool: asyncpg.Pool[Any], id: UUID, lines: AsyncIterator[str]) -> None:
    """To its end, or until another one takes its place or nobody looks."""
    heard = Heard()
    hearing = asyncio.create_task(_hear(lines, heard))
    try:
        while not hearing.done():
            if not await _wanted(pool, id, heard):
                return
            await asyncio.wait({hearing}, timeout=EVERY)
        if failure := hearing.exception():
            log.error("a trial of a policy failed", exc_info=failure)
        problem = "" if heard.outcome else FAILED
        await pool.execute(FINISH, id, heard.done, heard.total, heard.outcome, problem)
    except Exception:
        log.exception("a trial of a policy broke off")
    finally:
        hearing.cancel()
        await asyncio.wait({hearing})


async def _wanted(pool: asyncpg.Pool[Any], id: UUID, heard: Heard) -> bool:
    """Tell how far it is."""
    problem: str | None = await pool.fetchval(TELL, id, heard.done, heard.total, LONG_AGO)
    return problem == ""


async def _hear(lines: AsyncIterator[str], heard: Heard) -> None:
    async with aclosing(lines) as told:  # type: ignore[type-var]
        async for line in told:
            said = json.loads(line)
            if "outcome" in said:
                heard.outcome = Outcome.model_validate(said["outcome"]).model_dump_json()
            else:
                heard.done, heard.total = int(said["done"]), int(said["total"])
