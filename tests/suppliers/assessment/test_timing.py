"""What time does to a round."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from desk import VENDOR, MemoryDesk, refused
from story import begun, fill_in, sent
from suppliers.answering import SubmitAnswers
from suppliers.assessment import Assessment, AssessmentState
from suppliers.diligence import ExtendDeadline, LapseAssessment, MarkOverdue, RemindVendor
from suppliers.errors import AnswersClosed, DueDateNotLater, Ignored
from suppliers.ports import SYSTEM


def test_each_reminder_step_happens_once_and_never_after_submission(desk: MemoryDesk, use_id: UUID) -> None:
    id = begun(desk, use_id)
    desk.hand_in(RemindVendor(assessment_id=id, step="day_7"), by=SYSTEM)
    with refused(Ignored, desk):
        desk.hand_in(RemindVendor(assessment_id=id, step="day_7"), by=SYSTEM)
    fill_in(desk, id)
    desk.hand_in(SubmitAnswers(assessment_id=id, officer_name="P", officer_title="CEO"), by=VENDOR)
    with refused(AnswersClosed, desk):
        desk.hand_in(RemindVendor(assessment_id=id, step="day_14"), by=SYSTEM)


def test_overdue_and_lapsed_come_on_their_day_and_once(desk: MemoryDesk, use_id: UUID) -> None:
    id = sent(desk, use_id)
    desk.pass_days(21)
    with refused(Ignored, desk):
        desk.hand_in(MarkOverdue(assessment_id=id), by=SYSTEM)
    desk.pass_days(1)
    desk.hand_in(MarkOverdue(assessment_id=id), by=SYSTEM)
    with refused(Ignored, desk):
        desk.hand_in(MarkOverdue(assessment_id=id), by=SYSTEM)
    desk.pass_days(29)
    with refused(Ignored, desk):
        desk.hand_in(LapseAssessment(assessment_id=id), by=SYSTEM)
    desk.pass_days(1)
    desk.hand_in(LapseAssessment(assessment_id=id), by=SYSTEM)
    assert desk.get(Assessment, id).state is AssessmentState.LAPSED


def test_a_longer_deadline_must_be_later(desk: MemoryDesk, use_id: UUID) -> None:
    id = sent(desk, use_id)
    due = desk.get(Assessment, id).due_on
    with refused(DueDateNotLater, desk):
        desk.hand_in(ExtendDeadline(assessment_id=id, due_on=due, reason="Holidays"))
    desk.hand_in(ExtendDeadline(assessment_id=id, due_on=due + timedelta(days=7), reason="Holidays"))
    assert desk.get(Assessment, id).due_on == due + timedelta(days=7)
