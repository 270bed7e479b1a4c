"""A round is opened and sent, and its link opens it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from desk import TODAY, VENDOR, MemoryDesk, refused
from story import sent
from suppliers.answering import BeginAnswering
from suppliers.assessment import Assessment, AssessmentState
from suppliers.diligence import (
    NoteQuestionnaireBounced,
    NoteQuestionnaireSent,
    OpenAssessment,
    RenewLink,
    RevokeLink,
    SendQuestionnaire,
    WithdrawAssessment,
)
from suppliers.errors import AlreadySent, DueDateNotLater, LinkInvalid, RoundStillOpen
from suppliers.ports import SYSTEM
from suppliers.use import Use, UseState


def test_a_round_freezes_questionnaire_facts_and_due_date(desk: MemoryDesk, use_id: UUID) -> None:
    command = OpenAssessment(use_id=use_id)
    assert desk.hand_in(command) == ["Use.AssessmentStarted", "Assessment.Opened"]
    assessment = desk.get(Assessment, command.assessment_id)
    assert (assessment.questionnaire.id, assessment.questionnaire.version) == ("ddq-ai-model", "1.0.0")
    assert assessment.due_on == TODAY + timedelta(days=21), "tier 2 has 21 days"
    assert assessment.facts["intake.inherent_tier"] == 2
    assert assessment.facts["intake.personal_data"] is False
    assert desk.get(Use, use_id).state is UseState.IN_ASSESSMENT


def test_a_use_has_one_open_round_at_a_time(desk: MemoryDesk, use_id: UUID) -> None:
    id = sent(desk, use_id)
    with refused(RoundStillOpen, desk):
        desk.hand_in(OpenAssessment(use_id=use_id))
    desk.hand_in(WithdrawAssessment(assessment_id=id, reason="Another questionnaire"))
    assert "Assessment.Opened" in desk.hand_in(OpenAssessment(use_id=use_id))


def test_sending_twice_is_refused_but_a_bounce_may_be_sent_again(desk: MemoryDesk, use_id: UUID) -> None:
    id = sent(desk, use_id)
    with refused(AlreadySent, desk):
        desk.hand_in(SendQuestionnaire(assessment_id=id))
    desk.hand_in(NoteQuestionnaireBounced(assessment_id=id, link=1, code=550, text="no such user"), by=SYSTEM)
    desk.hand_in(SendQuestionnaire(assessment_id=id))
    desk.hand_in(NoteQuestionnaireSent(assessment_id=id, link=2, letter="k"), by=SYSTEM)
    assert desk.get(Assessment, id).state is AssessmentState.SENT
    assert desk.get(Assessment, id).link == 2


def test_a_round_whose_due_date_has_passed_is_not_sent(desk: MemoryDesk, use_id: UUID) -> None:
    command = OpenAssessment(use_id=use_id)
    desk.hand_in(command)
    desk.pass_days(22)
    with refused(DueDateNotLater, desk):
        desk.hand_in(SendQuestionnaire(assessment_id=command.assessment_id))


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
