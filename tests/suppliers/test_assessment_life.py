"""An assessment's life: sending, answering, submitting, reviewing, and what time does to it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from desk import LEGAL, PROCUREMENT, RISK, TODAY, VENDOR, MemoryDesk, refused
from story import begun, closed, fill_in, onboarded, sent, submitted, with_use
from suppliers.answering import (
    AskForTime,
    AttachEvidence,
    BeginAnswering,
    RecordAnswer,
    RemoveEvidence,
    SubmitAnswers,
    WithdrawAnswer,
)
from suppliers.assessment import Assessment, AssessmentState
from suppliers.diligence import (
    ClearFlag,
    CloseAssessment,
    ExtendDeadline,
    LapseAssessment,
    MarkOverdue,
    NoteQuestionnaireBounced,
    NoteQuestionnaireSent,
    OpenAssessment,
    RemindVendor,
    RenewLink,
    ReturnAssessment,
    ReviewAnswer,
    RevokeLink,
    SendQuestionnaire,
    WithdrawAssessment,
)
from suppliers.errors import (
    AlreadySent,
    AnswerOvertaken,
    AnswersClosed,
    AnswersMissing,
    AssessmentEnded,
    DueDateNotLater,
    Ignored,
    LinkInvalid,
    NotEntitled,
    NotYetSent,
    OwnRequest,
    ReasonMissing,
    ReviewIncomplete,
    RoundStillOpen,
    StatementMissing,
    UnknownEvidence,
    UnknownQuestion,
)
from suppliers.ports import SYSTEM, Actor, Role
from suppliers.questionnaires.answers import InvalidAnswer
from suppliers.use import Use, UseState


@pytest.fixture
def desk() -> MemoryDesk:
    return MemoryDesk()


@pytest.fixture
def use_id(desk: MemoryDesk) -> UUID:
    return with_use(desk, onboarded(desk))


def round_of(desk: MemoryDesk, id: UUID) -> Assessment:
    return desk.get(Assessment, id)


def test_a_round_freezes_questionnaire_facts_and_due_date(desk: MemoryDesk, use_id: UUID) -> None:
    command = OpenAssessment(use_id=use_id)
    assert desk.hand_in(command) == ["Use.AssessmentStarted", "Assessment.Opened"]
    assessment = round_of(desk, command.assessment_id)
    assert (assessment.questionnaire.id, assessment.questionnaire.version) == ("ddq-ai-model", "1.0.0")
    assert assessment.due_on == TODAY + timedelta(days=21), "tier 2 has 21 days"
    assert assessment.facts["intake.inherent_tier"] == 2
    assert assessment.facts["intake.personal_data"] is False
    assert desk.get(Use, use_id).state is UseState.IN_ASSESSMENT


def test_sending_twice_is_refused_but_a_bounce_may_be_sent_again(desk: MemoryDesk, use_id: UUID) -> None:
    id = sent(desk, use_id)
    with refused(AlreadySent, desk):
        desk.hand_in(SendQuestionnaire(assessment_id=id))
    desk.hand_in(NoteQuestionnaireBounced(assessment_id=id, link=1, code=550, text="no such user"), by=SYSTEM)
    desk.hand_in(SendQuestionnaire(assessment_id=id))
    desk.hand_in(NoteQuestionnaireSent(assessment_id=id, link=2, letter="k"), by=SYSTEM)
    assert round_of(desk, id).state is AssessmentState.SENT
    assert round_of(desk, id).link == 2


def test_an_older_link_an_expired_one_and_a_revoked_one_do_not_open(desk: MemoryDesk, use_id: UUID) -> None:
    id = sent(desk, use_id)
    desk.hand_in(RenewLink(assessment_id=id))
    with refused(LinkInvalid, desk):
        desk.hand_in(BeginAnswering(assessment_id=id, link=1), by=VENDOR)
    desk.hand_in(BeginAnswering(assessment_id=id, link=2), by=VENDOR)
    desk.hand_in(RevokeLink(assessment_id=id, reason="Sent to the wrong person"))
    with refused(LinkInvalid, desk):
        desk.hand_in(BeginAnswering(assessment_id=id, link=2), by=VENDOR)
    desk.hand_in(RenewLink(assessment_id=id))
    desk.pass_days(60)
    with refused(LinkInvalid, desk):
        desk.hand_in(BeginAnswering(assessment_id=id, link=3), by=VENDOR)


def test_opening_the_questionnaire_again_is_no_new_fact(desk: MemoryDesk, use_id: UUID) -> None:
    id = begun(desk, use_id)
    assert desk.hand_in(BeginAnswering(assessment_id=id, link=1), by=VENDOR) == []


def test_only_a_vendor_answers(desk: MemoryDesk, use_id: UUID) -> None:
    id = begun(desk, use_id)
    with refused(NotEntitled, desk):
        desk.hand_in(RecordAnswer(assessment_id=id, question="ORG-02", value="yes", seen=0), by=PROCUREMENT)


def test_an_answer_a_colleague_changed_is_not_overwritten(desk: MemoryDesk, use_id: UUID) -> None:
    id = begun(desk, use_id)
    colleague = Actor(id=uuid4(), kind="vendor")
    desk.hand_in(RecordAnswer(assessment_id=id, question="ORG-02", value="yes", seen=0), by=colleague)
    with refused(AnswerOvertaken, desk):
        desk.hand_in(RecordAnswer(assessment_id=id, question="ORG-02", value="no", seen=0), by=VENDOR)
    desk.hand_in(RecordAnswer(assessment_id=id, question="ORG-02", value="no", seen=1), by=VENDOR)
    answer = round_of(desk, id).answers["ORG-02"]
    assert (answer.value, answer.revision, answer.by) == ("no", 2, VENDOR.id)


def test_the_same_answer_again_is_ignored_even_with_an_old_revision(desk: MemoryDesk, use_id: UUID) -> None:
    id = begun(desk, use_id)
    answer = RecordAnswer(assessment_id=id, question="MOD-02", value=["open_weights"], seen=0)
    desk.hand_in(answer, by=VENDOR)
    with refused(Ignored, desk):
        desk.hand_in(answer, by=VENDOR)


def test_unknown_questions_and_impossible_answers_are_refused(desk: MemoryDesk, use_id: UUID) -> None:
    id = begun(desk, use_id)
    with refused(UnknownQuestion, desk):
        desk.hand_in(RecordAnswer(assessment_id=id, question="XXX-99", value="yes", seen=0), by=VENDOR)
    with refused(InvalidAnswer, desk):
        desk.hand_in(RecordAnswer(assessment_id=id, question="ORG-02", value="perhaps", seen=0), by=VENDOR)


def test_the_files_of_a_file_question_are_its_answer(desk: MemoryDesk, use_id: UUID) -> None:
    id = begun(desk, use_id)
    attach = AttachEvidence(
        assessment_id=id, question="MOD-01", filename="a.pdf", media_type="application/pdf", size=1, sha256="0" * 64
    )
    recorded = desk.hand_in(attach, by=VENDOR)
    assert recorded == ["Assessment.EvidenceAttached", "Assessment.AnswerRecorded"]
    assert round_of(desk, id).values["MOD-01"] == [str(attach.evidence_id)]
    desk.hand_in(RemoveEvidence(assessment_id=id, evidence_id=attach.evidence_id), by=VENDOR)
    assert "MOD-01" not in round_of(desk, id).values
    with refused(UnknownEvidence, desk):
        desk.hand_in(RemoveEvidence(assessment_id=id, evidence_id=attach.evidence_id), by=VENDOR)


def test_submitting_needs_all_required_answers_and_a_named_officer(desk: MemoryDesk, use_id: UUID) -> None:
    id = begun(desk, use_id)
    with refused(AnswersMissing, desk):
        desk.hand_in(SubmitAnswers(assessment_id=id, officer_name="P", officer_title="CEO"), by=VENDOR)
    fill_in(desk, id)
    with refused(StatementMissing, desk):
        desk.hand_in(SubmitAnswers(assessment_id=id, officer_name=" ", officer_title="CEO"), by=VENDOR)
    desk.hand_in(SubmitAnswers(assessment_id=id, officer_name="P", officer_title="CEO"), by=VENDOR)
    assert round_of(desk, id).state is AssessmentState.SUBMITTED


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
    flags = round_of(desk, id).flags
    assert flags["TRD-05:0"].effect == "knock_out"
    with refused(ReasonMissing, desk):
        desk.hand_in(ClearFlag(assessment_id=id, key="TRD-05:0", reason=""), by=LEGAL)
    desk.hand_in(ClearFlag(assessment_id=id, key="TRD-05:0", reason="Misread; corrected in writing"), by=LEGAL)
    assert "TRD-05:0" not in round_of(desk, id).flags


def test_closing_needs_every_answer_reviewed_and_not_by_the_requester(desk: MemoryDesk, use_id: UUID) -> None:
    id = submitted(desk, use_id)
    with refused(ReviewIncomplete, desk):
        desk.hand_in(CloseAssessment(assessment_id=id), by=RISK)
    requester = Actor(id=desk.get(Use, use_id).requester, roles=frozenset({Role.RISK_MANAGER}))
    with refused(OwnRequest, desk):
        desk.hand_in(CloseAssessment(assessment_id=id), by=requester)


def test_a_closed_round_readies_the_use_for_decision(desk: MemoryDesk, use_id: UUID) -> None:
    id = closed(desk, use_id)
    assert round_of(desk, id).state is AssessmentState.CLOSED
    assert desk.get(Use, use_id).state is UseState.READY
    with refused(AssessmentEnded, desk):
        desk.hand_in(WithdrawAssessment(assessment_id=id, reason="x"))


def test_a_weak_verdict_needs_a_reason(desk: MemoryDesk, use_id: UUID) -> None:
    id = submitted(desk, use_id)
    with refused(ReasonMissing, desk):
        desk.hand_in(ReviewAnswer(assessment_id=id, question="ORG-02", verdict="weak"), by=LEGAL)


def test_returned_answers_open_again_under_a_new_link_and_date(desk: MemoryDesk, use_id: UUID) -> None:
    id = submitted(desk, use_id)
    due = desk.now.date() + timedelta(days=7)
    back = ReturnAssessment(assessment_id=id, reason="Which regions?", questions=("PRV-04",), due_on=due)
    desk.hand_in(back, by=LEGAL)
    with refused(NotYetSent, desk):
        desk.hand_in(RecordAnswer(assessment_id=id, question="PRV-04", value=["eu_eea"], seen=1), by=VENDOR)
    desk.hand_in(BeginAnswering(assessment_id=id, link=2), by=VENDOR)
    desk.hand_in(RecordAnswer(assessment_id=id, question="PRV-04", value=["our_site"], seen=1), by=VENDOR)
    assert round_of(desk, id).due_on == due


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
    assert round_of(desk, id).state is AssessmentState.LAPSED


def test_a_longer_deadline_must_be_later(desk: MemoryDesk, use_id: UUID) -> None:
    id = sent(desk, use_id)
    due = round_of(desk, id).due_on
    with refused(DueDateNotLater, desk):
        desk.hand_in(ExtendDeadline(assessment_id=id, due_on=due, reason="Holidays"))
    desk.hand_in(ExtendDeadline(assessment_id=id, due_on=due + timedelta(days=7), reason="Holidays"))
    assert round_of(desk, id).due_on == due + timedelta(days=7)


def test_a_changed_answer_has_to_be_reviewed_again(desk: MemoryDesk, use_id: UUID) -> None:
    id = submitted(desk, use_id)
    desk.hand_in(ReviewAnswer(assessment_id=id, question="PRV-04", verdict="accepted"), by=LEGAL)
    back = ReturnAssessment(assessment_id=id, reason="Which?", due_on=desk.now.date() + timedelta(days=7))
    desk.hand_in(back, by=LEGAL)
    desk.hand_in(BeginAnswering(assessment_id=id, link=2), by=VENDOR)
    desk.hand_in(RecordAnswer(assessment_id=id, question="PRV-04", value=["our_site"], seen=1), by=VENDOR)
    assert "PRV-04" not in round_of(desk, id).reviews


def test_a_use_has_one_open_round_at_a_time(desk: MemoryDesk, use_id: UUID) -> None:
    id = sent(desk, use_id)
    with refused(RoundStillOpen, desk):
        desk.hand_in(OpenAssessment(use_id=use_id))
    desk.hand_in(WithdrawAssessment(assessment_id=id, reason="Another questionnaire"))
    assert "Assessment.Opened" in desk.hand_in(OpenAssessment(use_id=use_id))


def test_a_round_whose_due_date_has_passed_is_not_sent(desk: MemoryDesk, use_id: UUID) -> None:
    command = OpenAssessment(use_id=use_id)
    desk.hand_in(command)
    desk.pass_days(22)
    with refused(DueDateNotLater, desk):
        desk.hand_in(SendQuestionnaire(assessment_id=command.assessment_id))
