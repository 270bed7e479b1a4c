"""Answers are judged, flags cleared, and answers given back."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from pydantic import Field

from suppliers.assessment import AnswerReview, Assessment, Verdict
from suppliers.entitlement import REVIEWERS, allow
from suppliers.ports import Command, Desk, Handlers
from suppliers.questionnaires.library import Library
from suppliers.questions import find_question, questionnaire_of, unreviewed


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


def review_answer(command: ReviewAnswer, desk: Desk, *, library: Library) -> None:
    allow(desk.actor, REVIEWERS)
    assessment = desk.get(Assessment, command.assessment_id)
    question = find_question(assessment, command.question, library)
    review = AnswerReview(verdict=command.verdict, score=command.score, reason=command.reason.strip(), by=desk.actor.id)
    assessment.review_answer(question.id, review, at=desk.now)


def accept_answers(command: AcceptAnswers, desk: Desk, *, library: Library) -> None:
    allow(desk.actor, REVIEWERS)
    assessment = desk.get(Assessment, command.assessment_id)
    assessment.saw(command.expected_version)
    review = AnswerReview(verdict=Verdict.ACCEPTED, by=desk.actor.id)
    questionnaire = questionnaire_of(assessment, library)
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
    questions = tuple(find_question(assessment, each, library).id for each in command.questions)
    assessment.give_back(
        reason=command.reason, questions=questions, due_on=command.due_on, by=desk.actor.id, at=desk.now
    )


def handlers(library: Library) -> Handlers:
    """The table of these commands."""
    return {
        ReviewAnswer: partial(review_answer, library=library),
        AcceptAnswers: partial(accept_answers, library=library),
        ClearFlag: clear_flag,
        ReturnAssessment: partial(return_assessment, library=library),
    }
