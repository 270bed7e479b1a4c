"""The register: standings, the list with its filters and pages, and counts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import asyncpg
import pytest

import story
from desk import ADMIN, SECURITY
from projections import names, posture, register
from projections.projector import Projector
from projections.register import Filters, Line, Sort
from projections.register.pages import ORDERS
from projections.view import fold
from suppliers.governance import LapseSuspension
from suppliers.intake import RetireUse
from suppliers.onboarding import CompleteOffboarding, ProposeAgain, ProposeSupplier, StartOffboarding, SuspendSupplier
from suppliers.ports import SYSTEM
from suppliers.posture import Band
from suppliers.supplier import Standing, SupplierDetails
from tests.projections.log import Log, LogFeed
from tests.projections.portfolio import decide

NAMES = ["Åland AI", "acme data", "Acme", "Zeta", "Über Models", "Beta Labs", "beta labs", "Omega-7"]


def line_of(log: Log, supplier_id: UUID) -> Line:
    """By whose standing and by the posture's lists are filtered alike."""
    line = fold(register.VIEW, log.facts)[str(supplier_id)]
    assert fold(posture.VIEW, log.facts)[str(supplier_id)].standing == line.standing
    return line


def approved(log: Log) -> UUID:
    supplier = story.onboarded(log)
    use = story.with_use(log, supplier)
    story.closed(log, use)
    decide(log, use)
    return supplier


def test_a_suspension_that_nobody_ratifies_ends_where_it_began() -> None:
    log = Log()
    supplier = approved(log)
    log.hand_in(SuspendSupplier(supplier_id=supplier, reason="Breach"), by=SECURITY)
    line = line_of(log, supplier)
    assert (line.standing, line.standing_reason) == (Standing.SUSPENDED, "Breach")
    assert line.ratify_by is not None
    log.pass_days(4)
    log.hand_in(LapseSuspension(supplier_id=supplier), by=SYSTEM)
    line = line_of(log, supplier)
    assert (line.standing, line.ratify_by, line.since) == (Standing.CONDITIONAL, None, log.now)


def test_who_left_and_is_proposed_again_has_to_be_checked_again() -> None:
    log = Log()
    supplier = approved(log)
    log.hand_in(StartOffboarding(supplier_id=supplier, exit_plan="Move to another"))
    log.hand_in(CompleteOffboarding(supplier_id=supplier, access_removed=True, certificate="c-1"))
    assert line_of(log, supplier).certificate == "c-1"
    log.hand_in(ProposeAgain(supplier_id=supplier, reason="Better now"))
    line = line_of(log, supplier)
    assert (line.standing, line.sanctions_clean) == (Standing.PROPOSED, None)


def test_what_is_retired_is_not_counted() -> None:
    log = Log()
    supplier = story.onboarded(log)
    use = story.with_use(log, supplier)
    assert (line_of(log, supplier).models, line_of(log, supplier).uses) == (1, 1)
    log.hand_in(RetireUse(use_id=use, reason="Not needed"))
    assert (line_of(log, supplier).models, line_of(log, supplier).uses) == (1, 0)


def test_the_version_is_the_aggregates_own() -> None:
    log = Log()
    supplier = story.onboarded(log)
    story.with_use(log, supplier)
    assert line_of(log, supplier).version == log.held[supplier].version


@pytest.fixture
async def listed(pool: asyncpg.Pool) -> AsyncIterator[tuple[asyncpg.Pool, Log]]:
    """Eight suppliers, three of them with a posture."""
    log = Log()
    for name in NAMES:
        log.hand_in(ProposeSupplier(details=SupplierDetails(name=name, legal_name=f"{name} GmbH")), by=ADMIN)
    for score in (1, 3, 4):
        story.with_use(log, story.onboarded(log), score=score)
        log.pass_days(1)
    await Projector(LogFeed(log.facts), pool, [names.VIEW, register.VIEW, posture.VIEW]).catch_up()
    yield pool, log


@pytest.mark.parametrize("sort", ["name", "score", "since"])
@pytest.mark.parametrize("limit", [1, 2, 3, 50])
async def test_pages_together_are_the_whole_list_once(listed: tuple[asyncpg.Pool, Log], sort: Sort, limit: int) -> None:
    pool, _ = listed
    whole = await register.page(pool, sort=sort, limit=100)
    assert whole.after is None
    seen, after = [], None
    while True:
        page = await register.page(pool, sort=sort, after=after, limit=limit)
        seen += [each.line.id for each in page.rows]
        if (after := page.after) is None:
            break
    assert seen == [each.line.id for each in whole.rows]
    assert len(set(seen)) == len(NAMES) + 3
    gathered = await register.page(pool, sort=sort, after=f"{seen[0]}|{(await first_place(pool, sort))}", few=True)
    assert [each.line.id for each in gathered.rows] == seen[1:]


async def first_place(pool: asyncpg.Pool, sort: Sort) -> str:
    page = await register.page(pool, sort=sort, limit=1)
    assert page.after is not None
    return page.after.partition("|")[2]


async def test_orders_are_by_name_as_it_is_read_by_score_and_by_time(listed: tuple[asyncpg.Pool, Log]) -> None:
    pool, _ = listed
    names = [each.line.name for each in (await register.page(pool)).rows]
    assert names[:5] == ["Acme", "acme data", "Åland AI", *sorted(["Beta Labs", "beta labs"], key=names.index)]
    assert names[-2:] == ["Über Models", "Zeta"]
    scores = [each.score for each in (await register.page(pool, sort="score")).rows]
    assert scores[:3] == sorted((each for each in scores if each is not None), reverse=True)
    assert set(scores[3:]) == {None}
    times = [each.line.since for each in (await register.page(pool, sort="since")).rows]
    assert times == sorted(times, reverse=True)


async def test_filters_narrow_by_words_standing_band_tier_and_owner(listed: tuple[asyncpg.Pool, Log]) -> None:
    pool, _ = listed

    async def count(**filters: object) -> int:
        return len((await register.page(pool, Filters.model_validate(filters))).rows)

    assert await count(search="acm") == 2
    assert await count(search="gmbh ACME dat") == 1
    assert await count(search="aland") == 1
    assert await count(search="omega 7") == 1
    assert await count(search="& | ! ' :*") == 0
    assert await count(search="nobody") == 0
    assert await count(search="northwinx") == 0 < await count(search="northwind")
    assert await count(standing=(Standing.ONBOARDING,)) == 3
    assert await count(standing=(Standing.ONBOARDING, Standing.PROPOSED)) == len(NAMES) + 3
    proposed = Filters(standing=(Standing.PROPOSED,))
    for sort in ("name", "score", "since"):
        assert len((await register.page(pool, proposed, sort=sort)).rows) == len(NAMES)
    assert await count(tier=(1,)) == 2
    assert await count(band=(Band.ELEVATED, Band.UNACCEPTABLE), tier=(1,), search="northwind") == 2
    assert await count(owner=story.OWNER) == 3
    assert await count(owner=uuid4()) == 0


async def test_counts_are_of_what_search_and_owner_leave(listed: tuple[asyncpg.Pool, Log]) -> None:
    pool, _ = listed
    everything = await register.counts(pool)
    assert everything.total == len(NAMES) + 3
    assert everything.standing == {Standing.PROPOSED: len(NAMES), Standing.ONBOARDING: 3}
    assert sum(everything.band.values()) == 3
    assert everything.tier == {1: 2, 4: 1}
    assert (await register.counts(pool, Filters(search="acme", tier=(1,)))).total == 2


async def test_a_line_is_found_by_its_id(listed: tuple[asyncpg.Pool, Log]) -> None:
    pool, log = listed
    first = log.facts[0].event.originator_id
    line = await register.of(pool, first)
    assert line is not None
    assert (line.name, line.proposed_by) == (NAMES[0], ADMIN.id)
    assert await register.of(pool, uuid4()) is None


async def test_who_is_one_of_many_that_a_search_finds_is_listed_in_every_order(
    listed: tuple[asyncpg.Pool, Log],
) -> None:
    pool, _ = listed
    few = {sort: await register.page(pool, Filters(search="gmbh"), sort=sort) for sort in ORDERS}
    assert {len(each.rows) for each in few.values()} == {len(NAMES)}
    all = await names.suppliers(pool, "gmbh")
    assert all is not None and all.whole
    many = names.Suppliers(all.keys[:2], whole=False)
    for sort, page in few.items():
        assert await register.page(pool, Filters(search="gmbh"), sort=sort, found=many) == page
    assert (await register.census(pool, "gmbh", most=1, found=many)).cut
