"""What the view of all activity keeps beside the log, which is read by it as by the version before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from operator import attrgetter
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from projections import activity, storage
from projections.activity import Filters
from projections.activity.rows import mentioned, supplier_of
from projections.asof import Looking
from projections.asof.reader import CannotBeRead
from projections.view import Column, View, fold
from suppliers.person import Person
from suppliers.vendor_model import VendorModel
from tests.projections import portfolio
from tests.projections.conftest import outlined, shelved
from tests.projections.log import Fact, Log, LogFeed
from tests.projections.test_projector import caught_up

DAY = timedelta(days=1)


def a_formers() -> View[activity.Mention]:
    """The view as the version before kept it: a row of every fact."""
    former = View(
        "activity",
        3,
        activity.Mention,
        columns=(
            Column("position", "bigint", attrgetter("position")),
            Column("supplier_id", "uuid", attrgetter("supplier_id")),
            Column("aggregate", "text", attrgetter("aggregate")),
            Column("at", "timestamptz", attrgetter("at")),
            Column("late", "boolean", attrgetter("late")),
        ),
    )
    for event in activity.VIEW.digests:
        fold = mentioned(event.TOPIC.split(".")[0])
        former.on(event, keys=lambda event, recorded: (str(recorded.position),))(fold)
    return former


def moved(log: Log, kind: type, by: timedelta) -> Fact:
    """The first fact of a kind, as if it had happened at another time than when it was recorded."""
    place, fact = next((n, each) for n, each in enumerate(log.facts) if isinstance(each.event, kind))
    other = fact.event.model_copy(update={"timestamp": fact.event.timestamp + by})
    log.facts[place] = fact._replace(event=other)
    return log.facts[place]


def about(log: Log, supplier_id: UUID) -> list[int]:
    """Told from the facts alone: all of the streams that name a supplier, the latest first."""
    streams = {each.event.originator_id for each in log.facts if supplier_of(each.event) == supplier_id}
    return [each.position for each in reversed(log.facts) if each.event.originator_id in streams]


def happened(log: Log, since: datetime, before: datetime) -> list[int]:
    return [each.position for each in reversed(log.facts) if since <= each.event.timestamp < before]


def test_only_the_first_of_a_stream_and_what_was_not_recorded_promptly_is_kept() -> None:
    log = portfolio.told()
    late, slow = moved(log, VendorModel.VersionAdopted, -DAY), moved(log, Person.RoleGranted, -timedelta(hours=1))
    kept = fold(activity.VIEW, log.facts)
    firsts = {each.position for each in log.facts if each.event.originator_version == 1}
    assert {row.position for row in kept.values()} == firsts | {late.position, slow.position}
    assert [row.position for row in kept.values() if row.late] == [late.position]


async def test_days_and_moments_are_those_on_which_it_happened(pool: asyncpg.Pool) -> None:
    log = portfolio.told()
    late, slow = moved(log, VendorModel.VersionAdopted, -DAY), moved(log, Person.RoleGranted, -timedelta(hours=5))
    feed = LogFeed(log.facts)
    async with shelved(pool, log):
        for at in (late.event.timestamp, late.recorded_at, slow.event.timestamp):
            begins = datetime.combine(at.date(), time(0, tzinfo=UTC))
            for limit in (1, 7, 1000):
                told = await activity.page(pool, feed, Filters(since=at.date(), until=at.date()), limit=limit)
                assert [each.position for each in told] == happened(log, begins, begins + DAY)[:limit]
            for moment in (at, at + timedelta(seconds=1), at + timedelta(hours=1)):
                told = await activity.page(pool, feed, Filters(happened_before=moment), limit=1000)
                assert [each.position for each in told] == happened(log, log.facts[0].recorded_at - DAY, moment)


@pytest.mark.parametrize("former", [False, True], ids=["as it is kept now", "as the version before kept it"])
async def test_a_supplier_is_told_all_of_its_streams_page_by_page(pool: asyncpg.Pool, former: bool) -> None:
    log = portfolio.told()
    moved(log, VendorModel.VersionAdopted, -DAY)
    feed = LogFeed(log.facts)
    await outlined(pool, log)
    await caught_up(pool, log.facts, a_formers() if former else activity.VIEW)
    async with pool.acquire() as connection:
        await storage.prepare(connection, [activity.VIEW])
    suppliers = {each.event.originator_id for each in log.facts if each.topic == "Supplier.Proposed"}
    for supplier in suppliers:
        seen, before = [], None
        while found := await activity.of_supplier(pool, feed, supplier, before=before, limit=17):
            seen += [each.position for each in found]
            before = seen[-1]
        assert seen == about(log, supplier)
        assert list(await activity.positions_of(pool, [supplier], len(log.facts))) == seen[::-1]
    day = log.facts[300].event.timestamp.date()
    since = datetime.combine(day, time(0, tzinfo=UTC))
    found = await activity.page(pool, feed, Filters(since=day, until=day), limit=1000)
    assert [each.position for each in found] == happened(log, since, since + DAY)


@pytest.mark.parametrize("former", [False, True], ids=["as it is kept now", "as the version before kept it"])
async def test_looking_back_finds_also_what_the_view_has_not_come_to(pool: asyncpg.Pool, former: bool) -> None:
    log = portfolio.told()
    await outlined(pool, log)
    await caught_up(pool, log.facts[:150], a_formers() if former else activity.VIEW)
    suppliers = {each.event.originator_id for each in log.facts if each.topic == "Supplier.Proposed"}
    feed = Asked(log.facts)
    for until in (140, 200, len(log.facts)):
        found = await Looking(pool, feed).facts(suppliers, until)
        for supplier, facts in found.items():
            assert [each.position for each in facts] == [at for at in about(log, supplier)[::-1] if at <= until]
    feed.asked.clear()
    await Looking(pool, feed).facts(set(), 200)
    began = {each.event.originator_id for each in log.facts[150:200] if each.event.originator_version == 1}
    assert feed.asked == [each.position for each in log.facts[:200] if each.event.originator_id in began]


async def test_a_past_with_a_fact_that_cannot_be_read_is_refused_but_not_that_of_others(pool: asyncpg.Pool) -> None:
    log = portfolio.told()
    feed = Asked(log.facts)
    async with shelved(pool, log):
        one, other = [each.event.originator_id for each in log.facts if each.topic == "Supplier.Proposed"][:2]
        feed.damaged = about(log, one)[3]
        looking = Looking(pool, feed)
        with pytest.raises(CannotBeRead, match=f"position {feed.damaged}"):
            await looking.facts([one], len(log.facts))
        assert (await looking.facts([one], feed.damaged - 1))[one]
        assert len((await looking.facts([other], len(log.facts)))[other]) == len(about(log, other))


class Asked(LogFeed):
    """Remembers where somebody looked."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        super().__init__(facts)
        self.asked: list[int] = []
        self.damaged = 0

    async def legible(self, positions: Sequence[int]) -> tuple[list[Fact], list[Any]]:
        self.asked += sorted(positions)
        read = [self.facts[position - 1] for position in sorted(positions)]
        whole = [each for each in read if each.position != self.damaged]
        return whole, [each for each in read if each.position == self.damaged]

    async def recorded_at(self, position: int) -> datetime | None:
        return self.facts[position - 1].recorded_at


async def test_kinds_and_persons_and_days_narrow_it_together(shelf: asyncpg.Pool, told: Log) -> None:
    feed, supplier = LogFeed(told.facts), next(f.event.originator_id for f in told.facts if f.actor)
    streams = set(about(told, supplier))
    for kinds in ((), ("Use",), ("Person", "Supplier"), ("Nothing",)):
        for actor in (None, next(each.actor for each in told.facts if each.actor), UUID(int=7)):
            for whose in (None, supplier):
                for since in (None, told.facts[200].event.timestamp.date()):
                    filters = Filters(kinds=kinds, actor=actor, supplier_id=whose, since=since)
                    wanted = [
                        each.position
                        for each in reversed(told.facts)
                        if (not kinds or each.topic.split(".")[0] in kinds)
                        and actor in (None, each.actor)
                        and (whose is None or each.position in streams)
                        and (since is None or each.event.timestamp.date() >= since)
                    ]
                    found = await activity.page(shelf, feed, filters, limit=9)
                    assert [each.position for each in found] == wanted[:9], filters
                    rest = await activity.page(shelf, feed, filters, before=wanted[8], limit=2000) if wanted[8:] else []
                    assert [each.position for each in rest] == wanted[9:], filters
