"""What a round mails, and what becomes of it on the log."""

from __future__ import annotations

import re
from datetime import timedelta

from desk import LEGAL, VENDOR
from sink import SmtpSink
from story import fill_in
from suppliers.answering import BeginAnswering, SubmitAnswers
from suppliers.assessment import Assessment, AssessmentState
from suppliers.diligence import RemindVendor, RenewLink, ReturnAssessment, WithdrawAssessment
from suppliers.links import Links
from suppliers.ports import SYSTEM
from workers.subscriptions import TOPICS, follow_up
from workhouse import KEY, OWNER_ADDRESS, VENDOR_ADDRESS, Workhouse


async def work_off(house: Workhouse) -> None:
    """Follow up everything on the log, as the sweeper would."""
    for fact in await house.store.feed.read(0, 10_000):
        if fact.topic in TOPICS:
            await follow_up(fact, house.shop)


async def test_an_invitation_is_mailed_once_and_noted_once(house: Workhouse, smtp_sink: SmtpSink) -> None:
    desk, id = await house.past()
    await house.keep(desk)
    await work_off(house)
    await work_off(house)
    (mail,) = smtp_sink.to(VENDOR_ADDRESS)
    assessment = await house.store.office.load(Assessment, id)
    assert assessment.state is AssessmentState.SENT
    text = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    (token,) = set(re.findall(r"https://risk\.meridian\.example/answer/(\S+)", text))
    assert Links(KEY).read(token) == (id, 1)
    assert mail["Reply-To"] == f"Dana Whitfield <{OWNER_ADDRESS}>"


async def test_a_refused_address_is_a_bounce_on_the_log(house: Workhouse, smtp_sink: SmtpSink) -> None:
    smtp_sink.refuse(VENDOR_ADDRESS)
    desk, id = await house.past()
    await house.keep(desk)
    await work_off(house)
    await work_off(house)
    assessment = await house.store.office.load(Assessment, id)
    assert assessment.state is AssessmentState.OPENED
    assert [fact.event.code for fact in await house.store.feed.read(0, 100) if fact.topic.endswith("Bounced")] == [550]


async def test_a_server_that_is_busy_is_asked_again_later(house: Workhouse, smtp_sink: SmtpSink) -> None:
    smtp_sink.answer("451 4.3.0 busy")
    desk, id = await house.past()
    await house.keep(desk)
    await work_off(house)
    await work_off(house)
    assert smtp_sink.to(VENDOR_ADDRESS) == []
    house.clock.move(timedelta(minutes=1))
    await work_off(house)
    assert len(smtp_sink.to(VENDOR_ADDRESS)) == 1
    assert (await house.store.office.load(Assessment, id)).state is AssessmentState.SENT


async def test_an_invitation_that_a_newer_link_overtook_is_not_sent(house: Workhouse, smtp_sink: SmtpSink) -> None:
    desk, id = await house.past()
    desk.hand_in(RenewLink(assessment_id=id))
    await house.keep(desk)
    await work_off(house)
    (mail,) = smtp_sink.to(VENDOR_ADDRESS)
    assert house.shop.links.token(id, 2) in mail.as_string().replace("=\n", "")


async def test_nothing_is_mailed_to_a_vendor_whose_round_was_withdrawn_before(
    house: Workhouse, smtp_sink: SmtpSink
) -> None:
    desk, id = await house.past()
    smtp_sink.always_answer("451 4.3.0 busy")
    await house.keep(desk)
    await work_off(house)
    await house.store.office.issue(
        WithdrawAssessment(assessment_id=id, reason="Not needed"), actor=SYSTEM, at=house.clock.now()
    )
    smtp_sink.always_answer(None)
    house.clock.move(timedelta(hours=1))
    await work_off(house)
    assert [mail["Subject"] for mail in smtp_sink.to(VENDOR_ADDRESS)] == [
        "No longer needed: the questions about Extract 2"
    ]
    assert await house.ledger.owed() == []


async def test_submission_gives_the_vendor_a_receipt_and_the_owner_a_note(
    house: Workhouse, smtp_sink: SmtpSink
) -> None:
    desk, id = await house.past()
    desk.hand_in(BeginAnswering(assessment_id=id, link=1), by=VENDOR)
    fill_in(desk, id)
    desk.hand_in(SubmitAnswers(assessment_id=id, officer_name="Priya Raman", officer_title="CEO"), by=VENDOR)
    await house.keep(desk)
    await work_off(house)
    await work_off(house)
    assert "Meridian Bank has your answers about Extract 2" in [m["Subject"] for m in smtp_sink.to(VENDOR_ADDRESS)]
    (note,) = smtp_sink.to(OWNER_ADDRESS)
    assert note["Subject"] == "Northwind Cognition answered the questions about Extract 2"
    assert f"https://risk.meridian.example/assessments/{id}" in note.get_body(("plain",)).get_content()  # type: ignore[union-attr]


async def test_answers_sent_back_are_mailed_with_the_new_link(house: Workhouse, smtp_sink: SmtpSink) -> None:
    desk, id = await house.past()
    desk.hand_in(BeginAnswering(assessment_id=id, link=1), by=VENDOR)
    fill_in(desk, id)
    desk.hand_in(SubmitAnswers(assessment_id=id, officer_name="Priya Raman", officer_title="CEO"), by=VENDOR)
    due = desk.now.date() + timedelta(days=7)
    back = ReturnAssessment(assessment_id=id, reason="Which regions?", questions=("PRV-04",), due_on=due)
    desk.hand_in(back, by=LEGAL)
    await house.keep(desk)
    await work_off(house)
    mail = smtp_sink.to(VENDOR_ADDRESS)[-1]
    assert "Which regions?" in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]


async def test_a_late_vendor_is_reminded_and_the_owner_told(house: Workhouse, smtp_sink: SmtpSink) -> None:
    desk, id = await house.past()
    await house.keep(desk)
    await work_off(house)
    house.clock.move(timedelta(days=24, hours=1))
    await house.store.office.issue(RemindVendor(assessment_id=id, step="deadline+3"), actor=SYSTEM)
    await work_off(house)
    assert smtp_sink.to(VENDOR_ADDRESS)[-1]["Subject"] == "3 days late: the questions about Extract 2"
    assert (
        smtp_sink.to(OWNER_ADDRESS)[-1]["Subject"]
        .strip()
        .startswith("Northwind Cognition does not answer about Extract 2")
    )
    recorded = [fact.topic for fact in await house.store.feed.read(0, 1000)]
    assert recorded.count("Assessment.ReminderSent") == 1
