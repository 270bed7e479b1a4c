"""What is due now and what is coming, asked of the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg
import pytest

import story
from desk import LEGAL, RISK, SECURITY
from projections import renewals
from projections.all import VIEWS
from projections.projector import Projector
from projections.renewals import Due, Kind
from projections.renewals.dated import SHOWN
from projections.view import fold
from suppliers.assurance import LapseAttestation, RequestRenewal
from suppliers.diligence import (
    LapseAssessment,
    MarkOverdue,
    RemindVendor,
)
from suppliers.governance import ExpireApproval, LapseSuspension, MeetCondition, MissCondition, ReassessPosture
from suppliers.onboarding import SuspendSupplier
from suppliers.ports import SYSTEM, Command
from suppliers.use import Use
from tests.projections.calendars import dates
from tests.projections.log import Log, LogFeed
from tests.projections.portfolio import DAY, attest, decide


@pytest.fixture
def use(log: Log) -> UUID:
    return story.with_use(log, story.onboarded(log))


def test_every_dated_thing_has_a_key_of_its_own(told: Log) -> None:
    keys = [each.key for row in fold(renewals.VIEW, told.facts).values() for each in row.dates]
    assert len(set(keys)) == len(keys)


async def test_nothing_is_due_a_moment_before_its_time(shelf: asyncpg.Pool, told: Log) -> None:
    for each in dates(told):
        if each.kind is not Kind.NEXT_ROUND:
            assert each.key not in {due.key for due in await renewals.due(shelf, each.due_at - timedelta(seconds=1))}
    everything = await renewals.due(shelf, datetime.max.replace(tzinfo=told.now.tzinfo) - timedelta(days=400))
    assert {each.kind for each in everything} >= {Kind.OVERDUE, Kind.ATTESTATION_END, Kind.AGEING} - {Kind.OVERDUE}
    assert Kind.NEXT_ROUND not in {each.kind for each in everything}


async def test_after_a_standstill_only_the_last_step_is_due(pool: asyncpg.Pool, log: Log, use: UUID) -> None:
    story.sent(log, use)
    attest(log, log.get(Use, use).supplier_id, "iso27001", days=20)
    await project(pool, log)
    [due] = [each for each in await renewals.due(pool, log.now + timedelta(days=15)) if each.kind is Kind.REMINDER]
    assert due.params["step"] == "sent+14"


async def test_a_date_by_rules_that_have_changed_since_is_left_out(pool: asyncpg.Pool, log: Log, use: UUID) -> None:
    attest(log, log.get(Use, use).supplier_id, "iso27001", days=20)
    await project(pool, log)
    [entry] = await renewals.calendar(pool, log.now.date(), log.now.date() + 30 * DAY)
    assert entry.due.kind is Kind.ATTESTATION_END
    await pool.execute("UPDATE view_renewals SET shown = replace(shown, 'attestation_lapse', 'next_round')")
    assert await renewals.calendar(pool, log.now.date(), log.now.date() + 30 * DAY) == []


async def test_a_timekeeper_who_does_all_that_is_due_comes_to_rest(pool: asyncpg.Pool, log: Log, use: UUID) -> None:
    """Whatever is due leads to an order that the domain takes, and is then not due again."""
    story.closed(log, use)
    decide(log, use)
    supplier = log.get(Use, use).supplier_id
    story.sent(log, story.with_use(log, supplier))
    attest(log, supplier, "iso27001", days=60)
    log.hand_in(SuspendSupplier(supplier_id=supplier, reason="Breach"), by=SECURITY)
    kept = story.with_use(log, story.onboarded(log))
    story.closed(log, kept)
    log.hand_in(MeetCondition(review_id=decide(log, kept), index=0, evidence="Here"), by=LEGAL)
    done: set[Kind] = set()
    for _ in range(60):
        log.pass_days(5)
        for _ in range(10):
            await project(pool, log)
            due = await renewals.due(pool, log.now)
            if not due:
                break
            for each in due:
                log.hand_in(order(each), by=SYSTEM)
                done.add(each.kind)
        else:
            pytest.fail(f"never comes to rest: {due}")
    assert done == set(Kind) - {Kind.NEXT_ROUND}


async def test_the_calendar_shows_what_people_care_about_in_order(shelf: asyncpg.Pool, told: Log) -> None:
    begin, end = told.today() - 365 * DAY, told.today() + 2000 * DAY
    entries = await renewals.calendar(shelf, begin, end)
    assert [each.due.on for each in entries] == sorted(each.due.on for each in entries)
    kinds = {each.due.kind for each in entries}
    assert kinds == {Kind.ATTESTATION_END, Kind.APPROVAL_END, Kind.NEXT_ROUND, Kind.RATIFICATION}
    assert all(each.supplier_name for each in entries)
    [pentest] = [each for each in entries if each.due.what.startswith("Penetration")]
    assert pentest.subject_name == "Extract 2"
    day = pentest.due.on
    assert pentest in await renewals.calendar(shelf, day, day)
    assert pentest not in await renewals.calendar(shelf, begin, day - DAY)
    assert pentest not in await renewals.calendar(shelf, day + DAY, end)
    only = renewals.Filters(kinds=(Kind.ATTESTATION_END,), owner=story.OWNER)
    assert {each.due.kind for each in await renewals.calendar(shelf, begin, end, only)} == {Kind.ATTESTATION_END}
    assert await renewals.calendar(shelf, begin, end, renewals.Filters(owner=RISK.id)) == []
    mine = renewals.Filters(supplier_id=pentest.due.supplier_id)
    assert pentest in await renewals.calendar(shelf, begin, end, mine)


@pytest.mark.parametrize("limit", [1, 2, 5])
async def test_pages_of_the_calendar_together_are_all_of_it_once(shelf: asyncpg.Pool, told: Log, limit: int) -> None:
    begin, end = told.today() - 365 * DAY, told.today() + 2000 * DAY
    whole = [each.due.key for each in await renewals.calendar(shelf, begin, end)]
    seen: list[str] = []
    after: str | None = None
    while True:
        page = await renewals.stretch(shelf, begin, end, after=after, limit=limit)
        seen += [each.due.key for each in page.entries]
        after = page.after
        if after is None:
            break
    assert sorted(seen) == sorted(whole) and len(set(seen)) == len(seen)
    shown = {each.key for each in dates(told) if each.kind in SHOWN and begin <= each.on <= end}
    assert set(seen) == shown


def order(due: Due) -> Command:
    id = due.aggregate_id
    match due.kind:
        case Kind.REMINDER:
            return RemindVendor(assessment_id=id, step=str(due.params["step"]))
        case Kind.OVERDUE:
            return MarkOverdue(assessment_id=id)
        case Kind.LAPSE:
            return LapseAssessment(assessment_id=id)
        case Kind.RENEWAL:
            return RequestRenewal(attestation_id=id, days_left=int(due.params["days_left"]))
        case Kind.ATTESTATION_END:
            return LapseAttestation(attestation_id=id)
        case Kind.APPROVAL_END:
            return ExpireApproval(use_id=id)
        case Kind.CONDITION:
            return MissCondition(review_id=id, index=int(due.params["index"]))
        case Kind.RATIFICATION:
            return LapseSuspension(supplier_id=id)
    return ReassessPosture.model_validate({"use_id": id, "on": due.params["on"]})


async def project(pool: asyncpg.Pool, log: Log, views: Sequence[object] = VIEWS) -> None:
    projector = Projector(LogFeed(log.facts), pool, VIEWS)
    await projector.catch_up()
    assert {each.error for each in projector.status} == {""}
