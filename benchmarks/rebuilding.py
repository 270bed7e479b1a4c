"""How fast views are made again from a long log, how much memory that takes, and what ten times the log does to it."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import asyncpg

from benchmarks.measuring import Findings, Measure, Table
from benchmarks.portfolio import years
from benchmarks.server import database, settled
from benchmarks.sizes import Sizes
from benchmarks.stores import store_on
from cli.embedded.postgres import Postgres
from cli.store import Store
from cli.whole_log import whole_log
from projections.all import VIEWS
from projections.rebuild import rebuild_all
from projections.view import View

NAME = "rebuilding"
SMALL, LARGE = 2, 20
"""Suppliers, as many times as there are in a small portfolio."""
FEW = 1_000
ALL = f"all {len(VIEWS)} views together"
METHOD = """
Lives of suppliers with five subjects each (a twentieth of them asked, answered and decided), lived once by commands and
copied under other ids, day by day over two years. `tierce rebuild` builds beside empty live views: the log is read
once, decoded and folded by a process for each core, copied, indexed, and swapped in; a rate counts each event of the
log once. A view alone reads only the events that it digests. Memory is that of the processes that rebuild, at its
highest; PostgreSQL's is not counted.
"""


class Rebuilt(NamedTuple):
    seconds: float
    peak: float
    """MiB."""


async def run(postgres: Postgres, sizes: Sizes) -> Findings:
    small, events = await measured(postgres, sizes.small * SMALL, sizes.long_rounds, [VIEWS])
    chosen = [VIEWS, *([view] for view in VIEWS)]
    large, many = await measured(postgres, sizes.small * LARGE, 1, chosen)
    labels = [ALL, *(view.name for view in VIEWS)]
    rates = [
        Measure(label, tuple(many / each.seconds for each in found)) for label, found in zip(labels, large, strict=True)
    ]
    before = Measure(f"{events:,} events", tuple(each.seconds / events * 1e6 for each in small[0]))
    after = Measure(f"{many:,} events", tuple(each.seconds / many * 1e6 for each in large[0]))
    peaks = [Measure(label, tuple(each.peak for each in found)) for label, found in zip(labels, large, strict=True)]
    peaks.append(Measure(f"{ALL}, {events:,} events", tuple(each.peak for each in small[0])))
    return Findings(
        NAME,
        "Rebuilding",
        (
            Table(f"Rebuilding from {many:,} events", "events/s", "more", tuple(rates), ALL),
            Table(f"Growth, {ALL}", "µs of time for each event", "less", (before, after), before.label),
            Table(f"Memory, {many:,} events", "MiB", "less", tuple(peaks), ALL),
        ),
        METHOD,
    )


async def measured(
    postgres: Postgres, suppliers: int, rounds: int, chosen: Sequence[Sequence[View[Any]]]
) -> tuple[list[list[Rebuilt]], int]:
    async with database(postgres) as dsn, store_on(dsn) as store:
        await filled_beside(dsn, suppliers)
        await settled(store.pool)
        found = [[await rebuilt(store, views) for _ in range(rounds)] for views in chosen]
        return found, await store.feed.head()


async def rebuilt(store: Store, views: Sequence[View[Any]]) -> Rebuilt:
    with highest() as peak:
        begun = time.perf_counter()
        await rebuild_all(views, store.feed, store.pool, source=whole_log(store.dsn))
        return Rebuilt(time.perf_counter() - begun, peak[0])


async def filled_beside(dsn: str, suppliers: int) -> None:
    """In a process of its own when it takes much memory."""
    if suppliers < FEW:
        await filled(dsn, suppliers)
        return
    filling = multiprocessing.get_context("spawn").Process(target=fill, args=(dsn, suppliers))
    filling.start()
    await asyncio.to_thread(filling.join)


def fill(dsn: str, suppliers: int) -> None:
    asyncio.run(filled(dsn, suppliers))


async def filled(dsn: str, suppliers: int) -> None:
    connection = await asyncpg.connect(dsn)
    await years.fill(connection, suppliers)
    await connection.close()


@contextmanager
def highest() -> Iterator[list[float]]:
    """The resident memory of this process and its children, looked at twenty times a second."""
    peak, over = [resident()], threading.Event()

    def watch() -> None:
        while not over.wait(0.05):
            peak[0] = max(peak[0], resident())

    watching = threading.Thread(target=watch, daemon=True)
    watching.start()
    try:
        yield peak
    finally:
        over.set()
        watching.join()


def resident() -> float:
    pids = [os.getpid(), *(each.pid for each in multiprocessing.active_children())]
    return sum(_resident(pid) for pid in pids if pid)


def _resident(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
