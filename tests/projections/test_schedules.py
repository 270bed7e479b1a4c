"""What becomes due in the life of a round, an attestation, a use, a decision."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

import story
from desk import LEGAL, SECURITY, VENDOR
from projections.renewals import Kind
from suppliers.answering import SubmitAnswers
from suppliers.assurance import GiveAttestation, LapseAttestation, RenewAttestation, RequestRenewal
from suppliers.attestation import Document
from suppliers.diligence import (
    ExtendDeadline,
    MarkOverdue,
    NoteQuestionnaireBounced,
    NoteQuestionnaireSent,
    RemindVendor,
    ReturnAssessment,
    WithdrawAssessment,
)
from suppliers.governance import MeetCondition
from suppliers.intake import RetireUse
from suppliers.onboarding import ReinstateSupplier, SuspendSupplier
from suppliers.ports import SYSTEM
from suppliers.use import Use
from tests.projections.calendars import dates, steps
from tests.projections.log import Log
from tests.projections.portfolio import DAY, attest, decide


@pytest.fixture
def use(log: Log) -> UUID:
    return story.with_use(log, story.onboarded(log))


def test_nothing_is_due_before_a_questionnaire_is_sent(log: Log, use: UUID) -> None:
    assessment = story.sent(log, use)
    assert dates(log, Kind.REMINDER, Kind.OVERDUE, Kind.LAPSE)
    log.hand_in(NoteQuestionnaireBounced(assessment_id=assessment, link=1, code=550, text="No"), by=SYSTEM)
    assert dates(log, Kind.REMINDER, Kind.OVERDUE, Kind.LAPSE) == []


def test_reminders_follow_the_policy_and_the_invitation_is_none(log: Log, use: UUID) -> None:
    story.sent(log, use)
    assert steps(log) == ["sent+7", "sent+14", "deadline-3", "deadline", "deadline+3", "deadline+10"]
    [overdue], [lapse] = dates(log, Kind.OVERDUE), dates(log, Kind.LAPSE)
    assert overdue.due_at.date() == overdue.on + DAY
    assert lapse.on == overdue.on + 30 * DAY


def test_a_reminder_that_was_sent_is_done_with_all_before_it(log: Log, use: UUID) -> None:
    assessment = story.sent(log, use)
    log.pass_days(15)
    log.hand_in(RemindVendor(assessment_id=assessment, step="sent+14"), by=SYSTEM)
    assert steps(log) == ["deadline-3", "deadline", "deadline+3", "deadline+10"]


def test_more_time_moves_what_is_still_to_come(log: Log, use: UUID) -> None:
    assessment = story.sent(log, use)
    [before] = dates(log, Kind.OVERDUE)
    log.pass_days((before.on - log.today()).days + 1)
    log.hand_in(MarkOverdue(assessment_id=assessment), by=SYSTEM)
    assert dates(log, Kind.OVERDUE) == []
    log.hand_in(ExtendDeadline(assessment_id=assessment, due_on=log.today() + 20 * DAY, reason="Holidays"))
    [after] = dates(log, Kind.OVERDUE)
    assert after.on == log.today() + 20 * DAY
    assert steps(log) == ["deadline-3", "deadline", "deadline+3", "deadline+10"]


def test_nothing_is_due_from_a_vendor_who_submitted_until_it_is_returned(log: Log, use: UUID) -> None:
    assessment = story.begun(log, use)
    story.fill_in(log, assessment)
    log.hand_in(SubmitAnswers(assessment_id=assessment, officer_name="P", officer_title="CEO"), by=VENDOR)
    assert dates(log) == []
    log.pass_days(2)
    log.hand_in(ReturnAssessment(assessment_id=assessment, reason="Unclear", due_on=log.today() + 30 * DAY), by=LEGAL)
    assert steps(log)[:2] == ["sent+7", "sent+14"]
    assert dates(log, Kind.REMINDER)[0].on == log.today() + 7 * DAY


def test_a_bounced_second_link_does_not_stop_the_clock(log: Log, use: UUID) -> None:
    assessment = story.sent(log, use)
    log.hand_in(NoteQuestionnaireSent(assessment_id=assessment, link=1, letter="l"), by=SYSTEM)
    log.hand_in(NoteQuestionnaireBounced(assessment_id=assessment, link=2, code=550, text="No"), by=SYSTEM)
    assert dates(log, Kind.OVERDUE)


def test_an_attestation_asks_for_renewal_by_its_length_and_then_ends(log: Log, use: UUID) -> None:
    attestation = attest(log, log.get(Use, use).supplier_id, "iso27001", days=400)
    left = [each.params["days_left"] for each in dates(log, Kind.RENEWAL)]
    assert left == [60, 30, 14, 7, 0]
    log.pass_days(390)
    log.hand_in(RequestRenewal(attestation_id=attestation, days_left=14), by=SYSTEM)
    assert [each.params["days_left"] for each in dates(log, Kind.RENEWAL)] == [7, 0]
    [end] = dates(log, Kind.ATTESTATION_END)
    assert end.due_at.date() == end.on + DAY
    log.pass_days(11)
    log.hand_in(LapseAttestation(attestation_id=attestation), by=SYSTEM)
    assert dates(log) == []
    valid = Document(issuer="A", valid_from=log.today(), valid_until=log.today() + 100 * DAY)
    log.hand_in(RenewAttestation(attestation_id=attestation, document=valid))
    assert [each.params["days_left"] for each in dates(log, Kind.RENEWAL)] == [21, 7, 0]


def test_an_attestation_handed_in_late_asks_only_for_what_is_still_to_come(log: Log, use: UUID) -> None:
    log.now += timedelta(days=95)
    valid = Document(issuer="A", valid_from=log.today() - 95 * DAY, valid_until=log.today() + 5 * DAY)
    log.hand_in(GiveAttestation(supplier_id=log.get(Use, use).supplier_id, type="pentest", document=valid))
    assert [each.params["days_left"] for each in dates(log, Kind.RENEWAL)] == [0]


def test_an_approval_ends_and_a_next_round_comes(log: Log, use: UUID) -> None:
    story.closed(log, use)
    [following] = dates(log, Kind.NEXT_ROUND)
    assert following.on > log.today() + 300 * DAY
    assert str(following.params["launch_on"]) < following.on.isoformat()
    decide(log, use)
    [end] = dates(log, Kind.APPROVAL_END)
    assert end.on == log.get(Use, use).approved_until
    second = story.begun(log, use)
    assert dates(log, Kind.NEXT_ROUND) == []
    log.hand_in(WithdrawAssessment(assessment_id=second, reason="Later"))
    assert dates(log, Kind.NEXT_ROUND) == [following]
    log.hand_in(RetireUse(use_id=use, reason="Over"))
    assert dates(log, Kind.NEXT_ROUND, Kind.APPROVAL_END) == []


def test_conditions_are_due_until_they_are_met(log: Log, use: UUID) -> None:
    story.closed(log, use)
    review = decide(log, use)
    [condition] = dates(log, Kind.CONDITION)
    assert (condition.params["index"], condition.what) == (0, "Condition due: Send a plan")
    log.hand_in(MeetCondition(review_id=review, index=0, evidence="Here"), by=LEGAL)
    assert dates(log, Kind.CONDITION) == []


def test_a_suspension_is_due_for_ratification_until_it_is_over(log: Log, use: UUID) -> None:
    story.closed(log, use)
    decide(log, use)
    supplier = log.get(Use, use).supplier_id
    log.hand_in(SuspendSupplier(supplier_id=supplier, reason="Breach"), by=SECURITY)
    [ratification] = dates(log, Kind.RATIFICATION)
    assert ratification.due_at == log.now + timedelta(hours=72)
    log.hand_in(ReinstateSupplier(supplier_id=supplier, reason="Closed"), by=LEGAL)
    assert dates(log, Kind.RATIFICATION) == []
