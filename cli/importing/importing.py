"""An import from its first byte to the last position: examined, decided, recorded in one append."""

from __future__ import annotations

import asyncio
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import NamedTuple

import asyncpg

from cli.importing.deciding import decide, import_id
from cli.importing.examining import Examined, Track, examine, untracked
from cli.importing.instance import Instance, opened
from cli.importing.problems import in_order


class Wish(NamedTuple):
    """What is asked for."""

    content: bytes
    dry_run: bool = False
    allow_duplicates: bool = False
    in_the_name_of: str | None = None


class Outcome(NamedTuple):
    """What came of it. `position` 0 = nothing was recorded; None for `examined` = it was imported before."""

    position: int
    examined: Examined | None


async def import_suppliers(
    wish: Wish, dsn: str, pool: asyncpg.Pool, *, now: datetime, track: Track = untracked
) -> Outcome:
    async with opened(dsn, pool) as instance:
        # Asked before the register is: to the register, a file that was imported is all duplicates.
        if before := await instance.recorded(import_id(sha256(wish.content).hexdigest())):
            return Outcome(before, None)
        return await _import(wish, instance, now, track)


async def _import(wish: Wish, instance: Instance, now: datetime, track: Track) -> Outcome:
    await instance.caught_up()
    actor = await instance.actor(wish.in_the_name_of)
    judge = partial(examine, allow_duplicates=wish.allow_duplicates, track=track)
    examined = await asyncio.to_thread(
        judge, wish.content, staff=await instance.staff(), register=await instance.profiles()
    )
    if examined.stops:
        return Outcome(0, examined)
    batch = import_id(examined.digest)
    decided = await asyncio.to_thread(decide, examined.entries, batch, actor=actor, now=now, track=track)
    if decided.problems or wish.dry_run:
        return Outcome(0, examined._replace(problems=in_order((*examined.problems, *decided.problems))))
    return Outcome(await instance.record(decided.aggregates, batch, actor), examined)
