"""Whom a day's rows do not tell as it was: those alone are folded anew."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import asyncpg

from projections.activity.rows import supplier_of
from projections.asof.lateness import disordered
from suppliers.supplier import Supplier
from tests.projections import portfolio
from tests.projections.conftest import shelved
from tests.projections.log import Fact, Log

DAY = timedelta(days=1)


def happened_before(log: Log, fact: Fact, by: timedelta) -> Fact:
    """As if it had been recorded so much later than it happened."""
    at = fact.event.timestamp - by
    log.facts[fact.position - 1] = changed = fact._replace(event=fact.event.model_copy(update={"timestamp": at}))
    return changed


def first_of(log: Log, kind: type) -> Fact:
    return next(each for each in log.facts if isinstance(each.event, kind))


def all_of(log: Log, supplier_id: UUID) -> list[Fact]:
    return [each for each in log.facts if supplier_of(each.event) == supplier_id]


async def test_who_is_recorded_late_throughout_differs_only_between_happening_and_recording(pool: asyncpg.Pool) -> None:
    log = portfolio.told()
    supplier_id = first_of(log, Supplier.Proposed).event.originator_id
    late = [happened_before(log, each, 3 * DAY) for each in all_of(log, supplier_id)]
    async with shelved(pool, log):
        last, end = late[-1], len(log.facts)
        assert await disordered(pool, last.recorded_at + DAY, end) == set()
        assert await disordered(pool, last.event.timestamp + DAY, last.position - 1) == {supplier_id}


async def test_what_came_in_another_order_than_it_happened_is_folded_anew_for_ever(pool: asyncpg.Pool) -> None:
    log = portfolio.told()
    supplier_id = first_of(log, Supplier.Proposed).event.originator_id
    overtaken = happened_before(log, all_of(log, supplier_id)[-1], 30 * DAY)
    async with shelved(pool, log):
        assert await disordered(pool, overtaken.recorded_at + 100 * DAY, len(log.facts)) == {supplier_id}


async def test_a_late_fact_that_something_prompt_overtook_is_seen_from_both_sides(pool: asyncpg.Pool) -> None:
    log = portfolio.told()
    facts = all_of(log, first_of(log, Supplier.Proposed).event.originator_id)
    ahead = happened_before(log, facts[0], -30 * DAY)  # dated after what was recorded next
    async with shelved(pool, log):
        found = await disordered(pool, ahead.event.timestamp + 100 * DAY, len(log.facts))
        assert found == {ahead.event.originator_id}
