"""Looking back: lists of a large portfolio as of a day, one supplier, and what moved between two days."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from random import Random
from uuid import UUID

from benchmarks.measuring import Findings, Table, in_turns
from benchmarks.past_lists import PAGES, Page, Shelf
from benchmarks.portfolio.office import NOW
from benchmarks.portfolio.years import TARDY
from benchmarks.rebuilding import filled_beside
from benchmarks.server import database, settled
from benchmarks.sizes import Sizes
from benchmarks.stores import store_on
from cli.embedded.postgres import Postgres
from cli.pool import Pool
from cli.whole_log import whole_log
from projections import register
from projections.activity.places import BEGAN
from projections.all import VIEWS
from projections.asof import Archive, Axis, Looking
from projections.asof.between import moved
from projections.asof.lists import lists
from projections.rebuild import rebuild_all
from projections.sources import LIVE, Sources

NAME = "asof"
PRESENT = "the list as it is now"
METHOD = f"""
The same log as for rebuilding: two years of lives recorded day by day. Each sample looks back to another day. A list is
its first fifty suppliers by score and the counts by standing, band and tier. One in {TARDY} suppliers is recorded days
late; on the axis of what was true, those of them are folded anew for whom that makes a difference. One supplier is read
and folded from the log: register, dossier and posture judged on that day. Pages of the other lists begin anywhere in
them. The figures are the times of whole calls, without HTTP.
"""
BUSY = f"""
SELECT v.supplier_id FROM {BEGAN} JOIN event_log AS l ON l.originator_id = began.originator_id
 WHERE v.supplier_id IS NOT NULL GROUP BY v.supplier_id ORDER BY abs(count(*) - $1) LIMIT 50
"""


@dataclass
class Back:
    """Looks back to another day each time."""

    pool: Pool
    looking: Looking
    archive: Archive
    busy: list[UUID]
    random: Random

    def day(self) -> date:
        return (NOW - timedelta(days=self.random.randrange(30, 500))).date()

    async def now(self) -> None:
        await self.read(LIVE)

    async def listed(self, axis: Axis) -> None:
        moment = await self.looking.moment(self.day(), axis, now=NOW)
        then = await lists(self.looking, self.pool, moment)
        await self.read(then.sources)

    async def read(self, sources: Sources) -> None:
        await register.page(self.pool, sort="score", sources=sources)
        await register.census(self.pool, sources=sources)

    async def one(self) -> None:
        moment = await self.looking.moment(NOW.date() - timedelta(days=1), Axis.KNOWN, now=NOW)
        past = (await self.looking.suppliers([self.random.choice(self.busy)], moment)).popitem()[1]
        assert past.line and past.dossier and past.posture

    async def paged(self, page: Page) -> None:
        moment = await self.looking.moment(self.day(), Axis.KNOWN, now=NOW)
        await page(Shelf(self.pool, self.looking, self.archive, self.random), moment)

    async def between(self) -> None:
        first = self.day()
        ends = [await self.looking.moment(day, Axis.KNOWN, now=NOW) for day in (first, first + timedelta(days=30))]
        before, after = [await lists(self.looking, self.pool, each) for each in ends]
        await moved(self.pool, before, after)


async def run(postgres: Postgres, sizes: Sizes) -> Findings:
    async with database(postgres) as dsn, store_on(dsn) as store:
        await filled_beside(dsn, sizes.large)
        await rebuild_all(VIEWS, store.feed, store.pool, source=whole_log(store.dsn))
        await settled(store.pool)
        busy = await store.pool.fetch(BUSY, 100)
        back = Back(store.pool, Looking(store.pool, store.archive), store.archive, [row[0] for row in busy], Random(3))
        samples = {
            PRESENT: timed(back.now),
            "a list as it was known": timed(lambda: back.listed(Axis.KNOWN)),
            f"a list as it was, {sizes.large // TARDY} recorded late": timed(lambda: back.listed(Axis.TRUE)),
            "all that moved in 30 days": timed(back.between),
            "one supplier": timed(back.one),
        } | {name: timed(partial(back.paged, page)) for name, page in PAGES.items()}
        found = await in_turns(sizes.requests, samples)
        events = await store.feed.head()
    table = Table(f"Looking back over {sizes.large:,} suppliers and {events:,} events", "ms", "less", found, PRESENT)
    return Findings(NAME, "As of a day", (table,), METHOD)


def timed(call: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[float]]:
    async def sample() -> float:
        begun = time.perf_counter()
        await call()
        return (time.perf_counter() - begun) * 1000

    return sample
