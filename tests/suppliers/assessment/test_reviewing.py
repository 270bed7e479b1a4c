"""Answers are judged, given back, and the round is closed."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from desk import LEGAL, RISK, VENDOR, MemoryDesk, refused
from story import closed, submitted
from suppliers.answering import BeginAnswering, RecordAnswer
from suppliers.assessment import Assessment, AssessmentState
from suppliers.diligence import CloseAssessment, ReturnAssessment, ReviewAnswer, WithdrawAssessment
from suppliers.errors import AssessmentEnded, NotYetSent, OwnRequest, ReasonMissing, ReviewIncomplete
from suppliers.ports import Actor, Role
from suppliers.use import Use, UseState


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
    assert desk.get(Assessment, id).due_on == due


def test_a_changed_answer_has_to_be_reviewed_again(desk: MemoryDesk, use_id: UUID) -> None:
    id = submitted(desk, use_id)
    desk.hand_in(ReviewAnswer(assessment_id=id, question="PRV-04", verdict="accepted"), by=LEGAL)
    back = ReturnAssessment(assessment_id=id, reason="Which?", due_on=desk.now.date() + timedelta(days=7))
    desk.hand_in(back, by=LEGAL)
    desk.hand_in(BeginAnswering(assessment_id=id, link=2), by=VENDOR)
    desk.hand_in(RecordAnswer(assessment_id=id, question="PRV-04", value=["our_site"], seen=1), by=VENDOR)
    assert "PRV-04" not in desk.get(Assessment, id).reviews


def test_closing_needs_every_answer_reviewed_and_not_by_the_requester(desk: MemoryDesk, use_id: UUID) -> None:
    id = submitted(desk, use_id)
    with refused(ReviewIncomplete, desk):
        desk.hand_in(CloseAssessment(assessment_id=id), by=RISK)
    requester = Actor(id=desk.get(Use, use_id).requester, roles=frozenset({Role.RISK_MANAGER}))
    with refused(OwnRequest, desk):
        desk.hand_in(CloseAssessment(assessment_id=id), by=requester)


def test_a_closed_round_readies_the_use_for_decision(desk: MemoryDesk, use_id: UUID) -> None:
    id = closed(desk, use_id)
    assert desk.get(Assessment, id).state is AssessmentState.CLOSED
    assert desk.get(Use, use_id).state is UseState.READY
    with refused(AssessmentEnded, desk):
        desk.hand_in(WithdrawAssessment(assessment_id=id, reason="x"))
