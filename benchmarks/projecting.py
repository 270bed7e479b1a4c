"""How many events a second the views take in, all of them together and each alone."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial
from typing import Any

from benchmarks.library_runner import library_settings, runner_rate
from benchmarks.measuring import Findings, Sample, Table, in_turns
from benchmarks.portfolio.filling import fill, portfolio
from benchmarks.server import database, settled
from benchmarks.sizes import Sizes
from benchmarks.stores import store_on
from cli.embedded.postgres import Postgres
from cli.store import Store
from projections import storage
from projections.all import VIEWS
from projections.projector import Projector
from projections.view import View, fold
from suppliers.ports import Recorded

NAME = "projecting"
FOLD = "all views folded in memory, events decoded before, no database"
READ = "the log read and decoded, no view"
METHOD = """
A log of whole lives of suppliers (proposed, rated, attested, asked, answered and decided), made by commands, 200 of
them side by side. The projector folds it into empty tables; a view's commit does not wait for the disk, the log's did.
The library's ProjectionRunner keeps one view with one row for each event, in a transaction each, as it does.
"""
FOLLOWING, REBUILDING = 500, 5_000
"""Events in a batch of the projector when it follows the log, and when a view is rebuilt."""


@dataclass(frozen=True)
class Log:
    """A filled log, and its events as they are decoded."""

    store: Store
    events: Sequence[Recorded]

    async def folded(self, chosen: Sequence[View[Any]]) -> float:
        begun = time.perf_counter()
        for view in chosen:
            fold(view, self.events)
        return self._rate(begun)

    async def read(self) -> float:
        begun = time.perf_counter()
        await read_all(self.store)
        return self._rate(begun)

    async def projected(self, chosen: Sequence[View[Any]], batch: int) -> float:
        """From nothing; the rate counts each event once, however many views take it in."""
        async with self.store.pool.acquire() as connection:
            for view in chosen:
                await storage.clear(connection, view)
        projector = Projector(self.store.feed, self.store.pool, chosen, batch=batch)
        begun = time.perf_counter()
        await projector.catch_up()
        rate = self._rate(begun)
        for status in projector.status:
            if status.error or status.lag:
                raise RuntimeError(f"view {status.name} stopped at {status.position}: {status.error}")
        return rate

    def _rate(self, begun: float) -> float:
        return len(self.events) / (time.perf_counter() - begun)


async def read_all(store: Store) -> list[Recorded]:
    found: list[Recorded] = []
    while batch := await store.feed.read(found[-1].position if found else 0, REBUILDING):
        found += batch
    return found


async def run(postgres: Postgres, sizes: Sizes) -> Findings:
    async with AsyncExitStack() as closing:
        dsn = await closing.enter_async_context(database(postgres))
        store = await closing.enter_async_context(store_on(dsn))
        await fill(store.recorder, store.mapper, await portfolio(sizes.lives))
        await settled(store.pool)
        log = Log(store, await read_all(store))
        found = await in_turns(sizes.long_rounds, _samples(log, dsn, sizes))
    size = f"{len(log.events):,} events of {sizes.lives:,} suppliers"
    together = Table(f"All {len(VIEWS)} views together, {size}", "events/s", "more", found[:5], FOLD)
    alone = Table(f"Each view alone, {size}, in batches of {REBUILDING:,}", "events/s", "more", found[5:], READ)
    alone = Table(alone.title, alone.unit, alone.better, (found[1], *alone.measures), READ)
    return Findings(NAME, "Projecting", (together, alone), METHOD)


def _samples(log: Log, dsn: str, sizes: Sizes) -> Mapping[str, Sample]:
    library = partial(runner_rate, library_settings(dsn), sizes.library_events)
    return {
        FOLD: partial(log.folded, VIEWS),
        READ: log.read,
        f"projector, batches of {FOLLOWING}": partial(log.projected, VIEWS, FOLLOWING),
        f"projector, batches of {REBUILDING:,}": partial(log.projected, VIEWS, REBUILDING),
        "the library's ProjectionRunner, one view": partial(asyncio.to_thread, library),
        **{view.name: partial(log.projected, [view], REBUILDING) for view in VIEWS},
    }
