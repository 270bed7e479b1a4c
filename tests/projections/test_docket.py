"""The docket: what waits for the council, what it decided, and whether conditions are kept."""

from __future__ import annotations

from uuid import UUID, uuid4

import asyncpg
import pytest

import story
from desk import LEGAL, PROCUREMENT, RISK, SECURITY
from projections import docket, names, register
from projections.docket import ConditionState, ReviewRow
from projections.projector import Projector
from projections.view import fold
from suppliers.governance import (
    DeferReview,
    MeetCondition,
    MissCondition,
    RenewPack,
    TableReview,
    WithdrawReview,
)
from suppliers.ports import SYSTEM
from suppliers.review import Outcome, Pack, Review, ReviewState
from tests.projections.log import Log, LogFeed
from tests.projections.portfolio import DAY, decide

PACK = Pack(position=1, policy="p@1", tier=3, band="watch", residual=30.0, confidence=0.8, within_appetite=True)


@pytest.fixture
def use(log: Log) -> UUID:
    use = story.with_use(log, story.onboarded(log))
    story.closed(log, use)
    return use


def table(log: Log, use_id: UUID, question: str = "May we?") -> UUID:
    command = TableReview(use_id=use_id, question=question, pack=PACK)
    log.hand_in(command)
    return command.review_id


def row_of(log: Log, review_id: UUID) -> ReviewRow:
    return fold(docket.VIEW, log.facts)[str(review_id)]


def test_who_may_decide_is_what_the_review_itself_says(log: Log, use: UUID) -> None:
    assert not row_of(log, decide(log, use)).may_be_decided_by(LEGAL)
    review = table(log, use)
    row = row_of(log, review)
    for actor in (LEGAL, SECURITY, RISK, PROCUREMENT):
        assert row.may_be_decided_by(actor) == log.get(Review, review).may_decide(actor)


def test_a_condition_is_open_until_it_is_met_or_missed(log: Log, use: UUID) -> None:
    review = decide(log, use)
    [condition] = row_of(log, review).conditions
    assert (condition.state, condition.owner) == (ConditionState.OPEN, RISK.id)
    assert row_of(log, review).next_condition_on == condition.due_on
    log.hand_in(MeetCondition(review_id=review, index=0, evidence="The plan"), by=LEGAL)
    [condition] = row_of(log, review).conditions
    assert (condition.state, condition.evidence, condition.by) == (ConditionState.MET, "The plan", LEGAL.id)
    assert row_of(log, review).next_condition_on is None


def test_a_missed_condition_says_so(log: Log, use: UUID) -> None:
    review = decide(log, use)
    log.pass_days(31)
    log.hand_in(MissCondition(review_id=review, index=0), by=SYSTEM)
    assert row_of(log, review).conditions[0].state is ConditionState.MISSED


def test_a_renewed_pack_replaces_the_posture_that_is_decided_on(log: Log, use: UUID) -> None:
    review = table(log, use)
    log.pass_days(2)
    log.hand_in(RenewPack(review_id=review, pack=PACK.model_copy(update={"residual": 40.0})))
    row = row_of(log, review)
    assert (row.pack.residual, row.packed_at) == (40.0, log.now)
    assert row.version == log.held[review].version
    log.hand_in(WithdrawReview(review_id=review, reason="Not needed"))
    assert (row_of(log, review).state, row_of(log, review).reason) == (ReviewState.WITHDRAWN, "Not needed")


async def test_open_items_come_oldest_first_and_deferred_ones_last(pool: asyncpg.Pool, log: Log, use: UUID) -> None:
    supplier = log.get(Review, table(log, use, "first")).supplier_id
    log.pass_days(0.1)
    first = table(log, story.with_use(log, supplier), "deferred")
    log.pass_days(1)
    last = table(log, story.with_use(log, supplier), "third")
    log.hand_in(DeferReview(review_id=first, reason="Wait", until=log.today() + 5 * DAY), by=LEGAL)
    done = decide(log, story.with_use(log, supplier))
    await Projector(LogFeed(log.facts), pool, [docket.VIEW, register.VIEW, names.VIEW]).catch_up()
    found = await docket.open_items(pool, log.today())
    assert [each.review.question for each in found] == ["first", "third", "deferred"]
    assert {each.supplier_name for each in found} == {"Northwind Cognition"}
    assert {each.use_title for each in found} == {"Claims extraction"}
    later = await docket.open_items(pool, log.today() + 6 * DAY)
    assert [each.review.question for each in later] == ["first", "deferred", "third"]
    assert [each.review.id for each in await docket.decided(pool)] == [done]
    assert len(await docket.of_supplier(pool, supplier)) == 4
    assert await docket.of(pool, last) == row_of(log, last)
    assert await docket.of(pool, uuid4()) is None
    [due] = await docket.conditions_due(pool, log.today() + 30 * DAY)
    assert due.review.id == done
    assert await docket.conditions_due(pool, log.today() + 29 * DAY) == []


async def test_decisions_are_paged_by_the_last_one_seen(pool: asyncpg.Pool, log: Log, use: UUID) -> None:
    made = [decide(log, use) for _ in range(5)]
    await Projector(LogFeed(log.facts), pool, [docket.VIEW, register.VIEW, names.VIEW]).catch_up()
    seen, after = [], None
    while found := await docket.decided(pool, after=after, limit=2):
        seen += [each.review.id for each in found]
        last = found[-1].review
        assert last.decided_at is not None
        assert last.outcome is Outcome.CONDITIONAL
        after = (last.decided_at, last.id)
    assert sorted(seen) == sorted(made)
