"""What one of the processes does that rebuild together: sets a part of the log apart, folds a portion, writes it."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import asyncpg

from projections.batch import Unfinished
from projections.layout import Build
from projections.rebuild.copying import ready
from projections.rebuild.filling import fill
from projections.rebuild.folding import Fault, Foldings
from projections.rebuild.source import Log, Source
from projections.rebuild.spill import Spill, blocks

if sys.platform == "win32":
    from asyncio import new_event_loop
else:  # takes rows from the database in half the time
    from uvloop import new_event_loop

T = TypeVar("T")

HURRY = "SET LOCAL synchronous_commit TO off; SET LOCAL jit TO off"
UNWRITABLE = (
    Unfinished,
    asyncpg.DataError,
    asyncpg.IntegrityConstraintViolationError,
    asyncpg.ProgramLimitExceededError,
)
TIDY = 8
"""Portions after which is looked for what was left behind after all."""
LONELY = 0.5
"""Seconds between two looks whether whoever started this process is still there."""


class Portion(NamedTuple):
    """A portion of what was set apart in so many parts, to be folded into these builds."""

    folder: Path
    number: int
    parts: int
    builds: Sequence[Build]


class Part(NamedTuple):
    """A stretch of the log to be set apart."""

    folder: Path
    portions: int
    number: int
    after: int
    until: int
    topics: Sequence[str]


class Folded(NamedTuple):
    """What became of a portion."""

    events: int
    faults: Mapping[str, Fault]


class Here:
    """This process's own loop and log."""

    def __init__(self, source: Source) -> None:
        self._loop = new_event_loop()
        self._closing = AsyncExitStack()
        self.log: Log = self.run(lambda: self._closing.enter_async_context(source()))

    def run(self, work: Callable[[], Awaitable[T]]) -> T:
        return self._loop.run_until_complete(_awaited(work))


_here: list[Here] = []


def begin(source: Source, parent: int) -> None:
    """In a new process, before all else. It may be that its parent is gone already."""
    threading.Thread(target=_leave_when_alone, args=(parent,), daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started this process decides what becomes of it
    import projections.all

    assert projections.all.VIEWS
    _here.append(Here(source))
    gc.collect()
    gc.freeze()  # the modules stay; of what rows are made, nothing refers to what refers to it
    gc.disable()


def set_apart(part: Part) -> int:
    """How many rows there were."""
    log, spill = _here[0].log, Spill(part.folder, part.portions, part.number)
    _here[0].run(lambda: log.rows(part.after, part.until, part.topics, spill.take))
    spill.flush()
    return spill.rows


def fold(portion: Portion) -> Folded:
    """One transaction for each view: half a portion is never there."""
    from projections.all import view

    if portion.number % TIDY == 0:  # now, that there is nothing to look through yet
        gc.collect()
    foldings = Foldings(view(build.name) for build in portion.builds)
    return _here[0].run(lambda: fold_blocks(_here[0].log, foldings, portion))


async def fold_blocks(log: Log, foldings: Foldings, portion: Portion) -> Folded:
    events = 0
    for block in blocks(portion.folder, portion.number, portion.parts):
        try:
            facts = await log.decoded(block)
        except Exception as reason:
            foldings.unreadable(reason)
            break
        foldings.take(facts)
        events += len(facts)
    await write(log.pool, foldings, portion.builds)
    return Folded(events, foldings.faults)


async def write(pool: Any, foldings: Foldings, builds: Sequence[Build]) -> None:
    """What was folded; a row that cannot be written is a fault of its view."""
    async with pool.acquire() as connection:
        await ready(connection)
        for folding, build in zip(foldings.all, builds, strict=True):
            if folding.fault is None:
                try:
                    async with connection.transaction():
                        await connection.execute(HURRY)
                        await fill(connection, folding, build)
                except UNWRITABLE as reason:
                    folding.fault = Fault(folding.last, "", f"{type(reason).__name__}: {reason}")


async def _awaited(work: Callable[[], Awaitable[T]]) -> T:
    return await work()


def _leave_when_alone(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LONELY)
    os._exit(1)
