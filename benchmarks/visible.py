"""How long it takes until what was appended is seen in every view, at a steady rate of appends."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from typing import Any, TypeAlias

from benchmarks.apart import projecting_apart
from benchmarks.library_runner import library_settings, library_times
from benchmarks.measuring import Findings, Measure, Table, at, rounds_of
from benchmarks.portfolio.filling import fill
from benchmarks.portfolio.office import BUYER
from benchmarks.portfolio.ongoing import Ongoing, ongoing
from benchmarks.server import database, settled
from benchmarks.sizes import Sizes
from benchmarks.stores import store_on
from benchmarks.watching import Watch
from cli.embedded.postgres import Postgres
from cli.memory import settle
from cli.store import Store
from events.stored import Draft
from projections.all import VIEWS
from projections.projector import Projector
from suppliers.aggregate import DomainEvent

NAME = "visible"
Projecting: TypeAlias = Callable[[Store], AbstractAsyncContextManager[None]]
WRITTEN, SEEN = "append acknowledged", "seen in all views"
METHOD = """
One event an append through the group commit, handed in at a steady rate whether or not earlier ones are done; all
views are kept, by the projector in a process of its own (`tierce serve --roles projector`, as a company runs it), and
then by one in the process that appends, as in `tierce up`. The clock, one for both, is the appending process's, and
runs from handing in: acknowledged means on disk, seen means that this process has heard, from PostgreSQL, that the
last of the views has committed. What was made before is frozen for the garbage collector, as in any process of
Tierce, and as is what the benchmark keeps ready to be appended. Which events: the lives of several hundred suppliers
go on side by side, each found at some point of it; the next event is that of any one of them, and when a life ends
another begins, in the portfolio's mix (of a hundred events about 32 are about uses of what is bought, 26 about
suppliers, 24 about assessments, answers above all, and 18 about attestations, models, people, data sources and
decisions). So it is rare, as on any real log, that two appends to one stream are on their way at once. Each happens
when it is handed in, as on a log that people write; history that is imported, of which the view of all activity keeps
a row for each event, is what rebuilding measures. The library's ProjectionRunner keeps one view; its application saves
in a thread of its own, and it is measured at the lowest rate only.
"""


async def run(postgres: Postgres, sizes: Sizes) -> Findings:
    apart = await _tables(postgres, sizes, "the projector in a process of its own", _apart)
    within = await _tables(postgres, sizes, "all in one process", _within)
    return Findings(NAME, "From append to view", (*apart, *within), METHOD)


def _apart(store: Store) -> AbstractAsyncContextManager[None]:
    return projecting_apart(store.dsn)


@asynccontextmanager
async def _within(store: Store) -> AsyncIterator[None]:
    stop = asyncio.Event()
    following = asyncio.create_task(Projector(store.feed, store.pool, VIEWS).run(stop))
    try:
        yield
    finally:
        stop.set()
        await following


async def _tables(postgres: Postgres, sizes: Sizes, where: str, projecting: Projecting) -> list[Table]:
    lives = await ongoing(sizes.side_by_side, seed=1_000)  # before anybody listens: nothing is heard meanwhile
    async with AsyncExitStack() as closing:
        dsn = await closing.enter_async_context(database(postgres))
        store = await closing.enter_async_context(store_on(dsn))
        watch = Watch(store.listener, VIEWS)
        await store.listen()
        await closing.enter_async_context(projecting(store))
        await watch.seen(await fill(store.recorder, store.mapper, lives.before))
        await settled(store.pool)
        settle()
        found = [await _at_rate(store, watch, lives, rate, sizes, where) for rate in sizes.rates]
        if projecting is _within:
            found[0] = await _beside_the_library(found[0], dsn, sizes)
        return found


async def _at_rate(store: Store, watch: Watch, lives: Ongoing, rate: int, sizes: Sizes, where: str) -> Table:
    number = max(1, int(rate * sizes.watch))
    ours = await rounds_of(sizes.long_rounds, {SEEN: partial(_steady, store, watch, lives, rate, number)})
    written = [[each[0] for each in found] for found in ours[SEEN]]
    seen = [[each[1] for each in found] for found in ours[SEEN]]
    measures = (*_percentiles(WRITTEN, written), *_percentiles(SEEN, seen))
    return Table(f"{rate:,} appends a second, {len(VIEWS)} views, {where}", "ms", "less", measures, measures[0].label)


async def _beside_the_library(table: Table, dsn: str, sizes: Sizes) -> Table:
    rate, settings = sizes.rates[0], library_settings(dsn)
    times = partial(asyncio.to_thread, library_times, settings, rate, max(1, int(rate * sizes.watch)))
    library = await rounds_of(sizes.long_rounds, {"": times})
    more = _percentiles("seen in the one view of the library's ProjectionRunner", library[""])
    return replace(table, measures=(*table.measures, *more))


def _percentiles(label: str, found: Sequence[Sequence[float]]) -> list[Measure]:
    return [at(share, f"{label}, p{share * 100:.0f}", found) for share in (0.5, 0.99)]


async def _steady(store: Store, watch: Watch, lives: Ongoing, rate: int, number: int) -> list[tuple[float, float]]:
    """Milliseconds until acknowledged and until seen, of each append."""
    events: list[Any] = list(happening(islice(lives, number), rate))
    drafts = await store.mapper.drafts(events)  # before: making a new person's key would let a later event pass by
    settle()  # a full collection would look at what is kept ready here, and no process keeps that much ready
    begun = time.perf_counter()
    appends = []
    for place, draft in enumerate(drafts):
        await asyncio.sleep(max(0.0, begun + place / rate - time.perf_counter()))
        appends.append(asyncio.create_task(_append(store, watch, draft)))
    return list(await asyncio.gather(*appends))


def happening(events: Iterable[DomainEvent], rate: int) -> Iterator[DomainEvent]:
    """From now on, one after the other, rather than on the days of the lives they were taken from."""
    now = datetime.now(UTC)
    for place, event in enumerate(events):
        yield event.model_copy(update={"timestamp": now + timedelta(seconds=place / rate)})


async def _append(store: Store, watch: Watch, draft: Draft) -> tuple[float, float]:
    handed_in = time.perf_counter()
    positions = await store.appender.append([draft], actor=BUYER.id)
    written = time.perf_counter()
    seen = await watch.seen(positions[-1])
    return (written - handed_in) * 1_000, (seen - handed_in) * 1_000
