"""Time passing becomes facts, each once."""

from __future__ import annotations

from datetime import timedelta

from desk import LEGAL, PROCUREMENT
from projections.all import VIEWS
from projections.renewals.dated import ACTED
from projections.waiting import Waiting
from suppliers.assessment import Assessment, AssessmentState
from suppliers.assurance import GiveAttestation, VerifyAttestation
from suppliers.attestation import Attestation, AttestationState, Document
from suppliers.supplier import Supplier
from workers.timekeeper import ORDER, Timekeeper
from workhouse import Workhouse


async def days_pass(house: Workhouse, days: int) -> list[str]:
    """Let days pass one by one, the timekeeper looking each morning; the names of what it brought about."""
    start = await house.store.feed.head()
    for _ in range(days):
        house.clock.move(timedelta(days=1))
        await house.projector.catch_up()
        keeper = Timekeeper(house.store.pool, house.shop)
        await keeper.tick()
        await house.projector.catch_up()
        assert await Timekeeper(house.store.pool, house.shop).tick() == 0, "a second look finds nothing"
    return [fact.topic for fact in await house.store.feed.read(start, 10_000)]


def test_every_kind_of_date_that_needs_an_order_has_one() -> None:
    assert set(ORDER) == ACTED


async def test_a_silent_vendor_is_reminded_overdue_and_in_the_end_lapsed(house: Workhouse) -> None:
    desk, id = await house.past()
    await house.keep(desk)
    happened = await days_pass(house, 53)
    about = [topic for topic in happened if topic.startswith("Assessment.")]
    assert about.count("Assessment.ReminderDue") == 6
    assert about.count("Assessment.BecameOverdue") == 1
    assert about[-1] == "Assessment.Lapsed"
    assert (await house.store.office.load(Assessment, id)).state is AssessmentState.LAPSED


async def test_after_a_standstill_only_the_latest_reminder_goes_out(house: Workhouse) -> None:
    desk, _ = await house.past()
    await house.keep(desk)
    house.clock.move(timedelta(days=19))
    happened = await days_pass(house, 1)
    assert happened == ["Assessment.ReminderDue"]


async def test_an_attestation_asks_for_its_renewal_and_lapses_on_its_day(house: Workhouse) -> None:
    desk, _ = await house.past()
    (supplier,) = [each for each in desk.held.values() if isinstance(each, Supplier)]
    today = desk.now.date()
    document = Document(issuer="A firm", valid_from=today, valid_until=today + timedelta(days=100))
    give = GiveAttestation(supplier_id=supplier.id, type="pentest", document=document)
    desk.hand_in(give, by=PROCUREMENT)
    desk.hand_in(VerifyAttestation(attestation_id=give.attestation_id, how="Called the firm"), by=LEGAL)
    await house.keep(desk)
    happened = await days_pass(house, 102)
    about = [topic for topic in happened if topic.startswith("Attestation.")]
    assert set(about[:-1]) == {"Attestation.RenewalRequested"}
    assert about[-1] == "Attestation.Lapsed"
    attestation = await house.store.office.load(Attestation, give.attestation_id)
    assert attestation.state is AttestationState.LAPSED


async def test_it_orders_nothing_while_the_views_are_behind_the_log(house: Workhouse) -> None:
    desk, _ = await house.past()
    await house.keep(desk)
    house.clock.move(timedelta(days=8))
    waiting = Waiting(house.store.pool, VIEWS)
    await house.projector.catch_up()
    async with house.store.pool.acquire() as connection:
        await connection.execute("UPDATE checkpoints SET position = position - 1 WHERE name LIKE 'view:posture:%'")
    keeper = Timekeeper(house.store.pool, house.shop, house.store.feed, waiting)
    assert await keeper.tick() == 0
    async with house.store.pool.acquire() as connection:
        await connection.execute("UPDATE checkpoints SET position = position + 1 WHERE name LIKE 'view:posture:%'")
    assert await keeper.tick() == 1
