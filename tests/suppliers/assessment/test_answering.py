"""The vendor answers, and attaches files."""

from __future__ import annotations

from uuid import UUID, uuid4

from desk import PROCUREMENT, VENDOR, MemoryDesk, refused
from story import begun
from suppliers.answering import AttachEvidence, BeginAnswering, RecordAnswer, RemoveEvidence
from suppliers.assessment import Assessment
from suppliers.errors import AnswerOvertaken, Ignored, NotEntitled, UnknownEvidence, UnknownQuestion
from suppliers.ports import Actor
from suppliers.questionnaires.answers import InvalidAnswer


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
    answer = desk.get(Assessment, id).answers["ORG-02"]
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
    assert desk.get(Assessment, id).values["MOD-01"] == [str(attach.evidence_id)]
    desk.hand_in(RemoveEvidence(assessment_id=id, evidence_id=attach.evidence_id), by=VENDOR)
    assert "MOD-01" not in desk.get(Assessment, id).values
    with refused(UnknownEvidence, desk):
        desk.hand_in(RemoveEvidence(assessment_id=id, evidence_id=attach.evidence_id), by=VENDOR)
