"""Processes that fold the log side by side: first each sets a stretch of it apart, then each folds portions."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path
from typing import TypeVar

from projections.layout import Build
from projections.rebuild.folder import folder, tidy
from projections.rebuild.folding import Fault, earliest
from projections.rebuild.source import Source
from projections.rebuild.worker import Folded, Part, Portion, begin, fold, set_apart

T = TypeVar("T")

HANDS = 8
"""Processes at most: each takes a hundred MB and two of the database's connections."""
PORTION = 12_000
"""Events that one process holds at a time, about."""
MOST = 400
"""Portions: each is a file for each stretch."""
STRETCHES = 4
"""For each process, so that the bar moves and nobody waits for the slowest for long."""
READING = 0.15
"""How much of the work it is to set the log apart, about."""


class Incomplete(Exception):
    """Somebody removed files that were set apart."""


Progress = Callable[[int, int], None]


async def fold_beside(
    source: Source, builds: Sequence[Build], until: int, topics: Sequence[str], progress: Progress
) -> dict[str, Fault]:
    """Fill builds with all that lies up to a position; the build of a view that stumbled is left unfinished."""
    hands = min(HANDS, os.cpu_count() or 1)
    spawn = multiprocessing.get_context("spawn")
    executor = ProcessPoolExecutor(hands, mp_context=spawn, initializer=begin, initargs=(source, os.getpid()))
    await asyncio.to_thread(tidy)
    with folder() as here:
        try:
            parts = list(_parts(here, until, hands * STRETCHES, topics))
            read = sum(
                await _done(
                    [executor.submit(set_apart, each) for each in parts],
                    lambda done: progress(int(until * READING * len(done) / len(parts)), until),
                )
            )

            def folded(done: Sequence[Folded]) -> None:
                share = sum(each.events for each in done) / max(read, 1)
                progress(int(until * (READING + (1 - READING) * share)), until)

            portions = [Portion(here, each, len(parts), builds) for each in range(parts[0].portions)]
            found = await _done([executor.submit(fold, each) for each in portions], folded)
        except BaseException:
            for process in multiprocessing.active_children():
                process.terminate()
            executor.shutdown(wait=False, cancel_futures=True)
            raise
        executor.shutdown()
    faults = earliest(each.faults for each in found)
    if not faults and (folded_in := sum(each.events for each in found)) != read:
        raise Incomplete(f"{read} events were set apart, but {folded_in} were there to be folded")
    return faults


def _parts(folder: Path, until: int, count: int, topics: Sequence[str]) -> Iterator[Part]:
    portions = min(MOST, max(count // STRETCHES, until // PORTION))
    for number in range(count):
        yield Part(folder, portions, number, until * number // count, until * (number + 1) // count, topics)


async def _done(futures: Sequence[Future[T]], moved: Callable[[Sequence[T]], None]) -> list[T]:
    done: list[T] = []
    for each in asyncio.as_completed([asyncio.wrap_future(each) for each in futures]):
        done.append(await each)
        moved(done)
    return done
