"""Commands of due diligence on our side: open, send, remind, review, return, close."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from uuid import UUID

from pydantic import Field

from suppliers.assessment import AnswerReview, Assessment, QuestionnaireRef, Verdict
from suppliers.entitlement import BUYERS, REVIEWERS, RISK, allow, allow_system
from suppliers.errors import (
    ContactMissing,
    IntakeMissing,
    OwnRequest,
    ReviewIncomplete,
    RoundStillOpen,
    UnknownQuestion,
    WrongStanding,
)
from suppliers.factors import Tier
from suppliers.intake import known_facts
from suppliers.policy import ScoringPolicy
from suppliers.ports import Command, Desk, Handlers, new_id
from suppliers.questionnaires.course import asked
from suppliers.questionnaires.library import Library
from suppliers.supplier import OPEN, Standing, Supplier
from suppliers.use import Use


class OpenAssessment(Command):
    """Prepare a round of questions about a use; the due date defaults to the policy's for its tier."""

    assessment_id: UUID = Field(default_factory=new_id)
    use_id: UUID
    contact: UUID | None = None
    due_on: date | None = None


class SendQuestionnaire(Command):
    """Have the invitation mailed."""

    assessment_id: UUID
    message: str = ""


class NoteQuestionnaireSent(Command):
    """Note that the mail server took the invitation of this link."""

    retried = True
    assessment_id: UUID
    link: int
    letter: str


class NoteQuestionnaireBounced(Command):
    """Note that the mail server refused the invitation for good."""

    retried = True
    assessment_id: UUID
    link: int
    code: int
    text: str


class RenewLink(Command):
    """Mail a new link; earlier ones stop working."""

    assessment_id: UUID


class RevokeLink(Command):
    """Make the mailed link stop working."""

    assessment_id: UUID
    reason: str


class ChangeContact(Command):
    """Have somebody else at the vendor answer; they are mailed a new link."""

    assessment_id: UUID
    contact: UUID


class RemindVendor(Command):
    """Reach a step of the reminder schedule."""

    retried = True
    assessment_id: UUID
    step: str


class NoteReminderSent(Command):
    """Note that the mail server took the reminder."""

    retried = True
    assessment_id: UUID
    step: str
    letter: str


class ReviewAnswer(Command):
    """Judge an answer and its evidence."""

    assessment_id: UUID
    question: str
    verdict: Verdict
    score: float | None = Field(default=None, ge=0, le=1)
    reason: str = ""


class AcceptAnswers(Command):
    """Accept all answers that nobody has judged yet and that need no score from a reviewer."""

    assessment_id: UUID


class ClearFlag(Command):
    """Find that a flag does not stand."""

    assessment_id: UUID
    key: str
    reason: str


class ReturnAssessment(Command):
    """Give the answers back for clarification."""

    assessment_id: UUID
    reason: str
    questions: tuple[str, ...] = ()
    due_on: date


class ExtendDeadline(Command):
    """Give the vendor more time."""

    assessment_id: UUID
    due_on: date
    reason: str


class CloseAssessment(Command):
    """Complete the review; the use is ready for a decision."""

    assessment_id: UUID
    summary: str = ""


class WithdrawAssessment(Command):
    """End a round without answers."""

    assessment_id: UUID
    reason: str


class MarkOverdue(Command):
    """Note that the due date passed."""

    retried = True
    assessment_id: UUID


class LapseAssessment(Command):
    """Note that nobody answered long after the due date."""

    retried = True
    assessment_id: UUID


def open_assessment(command: OpenAssessment, desk: Desk, *, policy: ScoringPolicy, library: Library) -> None:
    allow(desk.actor, BUYERS)
    use = desk.get(Use, command.use_id)
    supplier = desk.get(Supplier, use.supplier_id)
    if supplier.standing not in OPEN - {Standing.PROPOSED}:
        raise WrongStanding
    contact = command.contact or supplier.contact
    if contact is None:
        raise ContactMissing
    if use.intake is None or use.tier is None:
        raise IntakeMissing
    if use.assessment_id is not None and not desk.get(Assessment, use.assessment_id).finished:
        raise RoundStillOpen
    use.start_assessment(command.assessment_id, at=desk.now)
    questionnaire = library.latest(use.subject_kind.value)
    due_on = command.due_on or desk.now.date() + timedelta(days=policy.cadence[Tier(use.tier)].answer_days)
    assessment = Assessment.open(
        id=command.assessment_id,
        supplier_id=use.supplier_id,
        use_id=use.id,
        subject_id=use.subject_id,
        questionnaire=QuestionnaireRef(id=questionnaire.id, version=questionnaire.version),
        facts=known_facts(use, desk.now.date()),
        contact=contact,
        due_on=due_on,
        by=desk.actor.id,
        at=desk.now,
    )
    desk.add(assessment)


def send_questionnaire(command: SendQuestionnaire, desk: Desk) -> None:
    allow(desk.actor, BUYERS)
    assessment = desk.get(Assessment, command.assessment_id)
    assessment.saw(command.expected_version)
    assessment.send(message=command.message, by=desk.actor.id, at=desk.now)


def note_questionnaire_sent(command: NoteQuestionnaireSent, desk: Desk) -> None:
    allow_system(desk.actor)
    assessment = desk.get(Assessment, command.assessment_id)
    assessment.note_sent(link=command.link, to=assessment.contact, letter=command.letter, at=desk.now)


def note_questionnaire_bounced(command: NoteQuestionnaireBounced, desk: Desk) -> None:
    allow_system(desk.actor)
    assessment = desk.get(Assessment, command.assessment_id)
    assessment.note_bounced(link=command.link, code=command.code, text=command.text, at=desk.now)


def renew_link(command: RenewLink, desk: Desk) -> None:
    allow(desk.actor, BUYERS)
    desk.get(Assessment, command.assessment_id).renew_link(by=desk.actor.id, at=desk.now)


def revoke_link(command: RevokeLink, desk: Desk) -> None:
    allow(desk.actor, BUYERS)
    desk.get(Assessment, command.assessment_id).revoke_link(reason=command.reason, by=desk.actor.id, at=desk.now)


def change_contact(command: ChangeContact, desk: Desk) -> None:
    allow(desk.actor, BUYERS)
    assessment = desk.get(Assessment, command.assessment_id)
    assessment.change_contact(command.contact, by=desk.actor.id, at=desk.now)
    if assessment.with_vendor:
        assessment.renew_link(by=desk.actor.id, at=desk.now)


def remind_vendor(command: RemindVendor, desk: Desk) -> None:
    allow(desk.actor, BUYERS)
    desk.get(Assessment, command.assessment_id).remind(command.step, at=desk.now)


def note_reminder_sent(command: NoteReminderSent, desk: Desk) -> None:
    allow_system(desk.actor)
    assessment = desk.get(Assessment, command.assessment_id)
    assessment.note_reminder(step=command.step, letter=command.letter, at=desk.now)


def review_answer(command: ReviewAnswer, desk: Desk, *, library: Library) -> None:
    allow(desk.actor, REVIEWERS)
    assessment = desk.get(Assessment, command.assessment_id)
    _known(assessment, command.question, library)
    review = AnswerReview(verdict=command.verdict, score=command.score, reason=command.reason.strip(), by=desk.actor.id)
    assessment.review_answer(command.question, review, at=desk.now)


def accept_answers(command: AcceptAnswers, desk: Desk, *, library: Library) -> None:
    allow(desk.actor, REVIEWERS)
    assessment = desk.get(Assessment, command.assessment_id)
    assessment.saw(command.expected_version)
    review = AnswerReview(verdict=Verdict.ACCEPTED, by=desk.actor.id)
    questionnaire = library.get(assessment.questionnaire.id, assessment.questionnaire.version)
    scored_by_hand = {each.id for each in questionnaire.questions if each.scoring.kind == "reviewer"}
    for question in unreviewed(assessment, library):
        if question not in scored_by_hand:
            assessment.review_answer(question, review, at=desk.now)


def clear_flag(command: ClearFlag, desk: Desk) -> None:
    allow(desk.actor, REVIEWERS)
    assessment = desk.get(Assessment, command.assessment_id)
    assessment.clear_flag(command.key, reason=command.reason, by=desk.actor.id, at=desk.now)


def return_assessment(command: ReturnAssessment, desk: Desk, *, library: Library) -> None:
    allow(desk.actor, REVIEWERS)
    assessment = desk.get(Assessment, command.assessment_id)
    assessment.saw(command.expected_version)
    for question in command.questions:
        _known(assessment, question, library)
    assessment.give_back(
        reason=command.reason, questions=command.questions, due_on=command.due_on, by=desk.actor.id, at=desk.now
    )


def extend_deadline(command: ExtendDeadline, desk: Desk) -> None:
    allow(desk.actor, BUYERS)
    assessment = desk.get(Assessment, command.assessment_id)
    assessment.extend(command.due_on, reason=command.reason, by=desk.actor.id, at=desk.now)


def close_assessment(command: CloseAssessment, desk: Desk, *, library: Library) -> None:
    """Only when every answer was looked at; and never by the requester of the use."""
    allow(desk.actor, RISK | REVIEWERS)
    assessment = desk.get(Assessment, command.assessment_id)
    assessment.saw(command.expected_version)
    use = desk.get(Use, assessment.use_id)
    if use.requester == desk.actor.id:
        raise OwnRequest
    if open_questions := unreviewed(assessment, library):
        raise ReviewIncomplete(f"Still open: {', '.join(open_questions[:8])}.")
    assessment.close(summary=command.summary, by=desk.actor.id, at=desk.now)
    use.ready_for_decision(assessment.id, at=desk.now)


def withdraw_assessment(command: WithdrawAssessment, desk: Desk) -> None:
    allow(desk.actor, BUYERS)
    assessment = desk.get(Assessment, command.assessment_id)
    assessment.saw(command.expected_version)
    assessment.withdraw(reason=command.reason, by=desk.actor.id, at=desk.now)


def mark_overdue(command: MarkOverdue, desk: Desk) -> None:
    allow_system(desk.actor)
    desk.get(Assessment, command.assessment_id).mark_overdue(at=desk.now)


def lapse_assessment(command: LapseAssessment, desk: Desk) -> None:
    allow_system(desk.actor)
    desk.get(Assessment, command.assessment_id).lapse(at=desk.now)


def unreviewed(assessment: Assessment, library: Library) -> list[str]:
    """Ids of the answered questions that are asked and that no reviewer has judged."""
    questionnaire = library.get(assessment.questionnaire.id, assessment.questionnaire.version)
    values = assessment.values
    return [
        question.id
        for question in asked(questionnaire, assessment.facts, values)
        if question.id in values and question.id not in assessment.reviews
    ]


def _known(assessment: Assessment, question: str, library: Library) -> None:
    questionnaire = library.get(assessment.questionnaire.id, assessment.questionnaire.version)
    if question not in questionnaire.section_of:
        raise UnknownQuestion


def handlers(policy: ScoringPolicy, library: Library) -> Handlers:
    """The table of this activity's commands."""
    return {
        OpenAssessment: partial(open_assessment, policy=policy, library=library),
        SendQuestionnaire: send_questionnaire,
        NoteQuestionnaireSent: note_questionnaire_sent,
        NoteQuestionnaireBounced: note_questionnaire_bounced,
        RenewLink: renew_link,
        RevokeLink: revoke_link,
        ChangeContact: change_contact,
        RemindVendor: remind_vendor,
        NoteReminderSent: note_reminder_sent,
        ReviewAnswer: partial(review_answer, library=library),
        AcceptAnswers: partial(accept_answers, library=library),
        ClearFlag: clear_flag,
        ReturnAssessment: partial(return_assessment, library=library),
        ExtendDeadline: extend_deadline,
        CloseAssessment: partial(close_assessment, library=library),
        WithdrawAssessment: withdraw_assessment,
        MarkOverdue: mark_overdue,
        LapseAssessment: lapse_assessment,
    }
