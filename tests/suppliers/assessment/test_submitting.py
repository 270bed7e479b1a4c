"""The vendor hands its answers in."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from desk import LEGAL, VENDOR, MemoryDesk, refused
from story import begun, fill_in, submitted
from suppliers.answering import AskForTime, RecordAnswer, SubmitAnswers, WithdrawAnswer
from suppliers.assessment import Assessment, AssessmentState
from suppliers.diligence import ClearFlag
from suppliers.errors import AnswersClosed, AnswersMissing, ReasonMissing, StatementMissing


def test_submitting_needs_all_required_answers_and_a_named_officer(desk: MemoryDesk, use_id: UUID) -> None:
    id = begun(desk, use_id)
    with refused(AnswersMissing, desk):
        desk.hand_in(SubmitAnswers(assessment_id=id, officer_name="P", officer_title="CEO"), by=VENDOR)
    fill_in(desk, id)
    with refused(StatementMissing, desk):
        desk.hand_in(SubmitAnswers(assessment_id=id, officer_name=" ", officer_title="CEO"), by=VENDOR)
    desk.hand_in(SubmitAnswers(assessment_id=id, officer_name="P", officer_title="CEO"), by=VENDOR)
    assert desk.get(Assessment, id).state is AssessmentState.SUBMITTED


def test_after_submission_everything_is_read_only(desk: MemoryDesk, use_id: UUID) -> None:
    id = submitted(desk, use_id)
    with refused(AnswersClosed, desk):
        desk.hand_in(RecordAnswer(assessment_id=id, question="ORG-02", value="no", seen=1), by=VENDOR)
    with refused(AnswersClosed, desk):
        desk.hand_in(WithdrawAnswer(assessment_id=id, question="ORG-02", seen=1), by=VENDOR)
    with refused(AnswersClosed, desk):
        desk.hand_in(AskForTime(assessment_id=id, until=desk.now.date() + timedelta(days=90), reason="x"), by=VENDOR)


def test_submission_raises_the_flags_that_the_answers_fulfil(desk: MemoryDesk, use_id: UUID) -> None:
    id = begun(desk, use_id)
    desk.hand_in(RecordAnswer(assessment_id=id, question="TRD-05", value="yes", seen=0), by=VENDOR)
    fill_in(desk, id)
    desk.hand_in(SubmitAnswers(assessment_id=id, officer_name="P", officer_title="CEO"), by=VENDOR)
    flags = desk.get(Assessment, id).flags
    assert flags["TRD-05:0"].effect == "knock_out"
    with refused(ReasonMissing, desk):
        desk.hand_in(ClearFlag(assessment_id=id, key="TRD-05:0", reason=""), by=LEGAL)
    desk.hand_in(ClearFlag(assessment_id=id, key="TRD-05:0", reason="Misread; corrected in writing"), by=LEGAL)
    assert "TRD-05:0" not in desk.get(Assessment, id).flags
