"""A vendor that answers everything that is required, and a review that goes through it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from benchmarks.portfolio.office import LEGAL, NOW, RISK, VENDOR, MemoryOffice
from suppliers.answering import AttachEvidence, BeginAnswering, RecordAnswer, SubmitAnswers
from suppliers.assessment import Assessment, Verdict
from suppliers.diligence import AcceptAnswers, CloseAssessment, ReviewAnswer
from suppliers.questionnaires.course import missing
from suppliers.questionnaires.library import library
from suppliers.questionnaires.model import AnswerType, Question
from suppliers.questions import questionnaire_of


async def answered(office: MemoryOffice, assessment_id: UUID) -> UUID:
    """From the mailed link to the closed assessment; the use is returned."""
    office.pass_days(3)
    await office.issue(BeginAnswering(assessment_id=assessment_id, link=1), VENDOR)
    await fill_in(office, assessment_id)
    submit = SubmitAnswers(assessment_id=assessment_id, officer_name="Priya Raman", officer_title="CEO")
    await office.issue(submit, VENDOR)
    office.pass_days(10)
    await office.issue(AcceptAnswers(assessment_id=assessment_id), LEGAL)
    assessment = await office.load(Assessment, assessment_id)
    for question in questionnaire_of(assessment, library()).questions:
        if question.id in assessment.values and question.id not in assessment.reviews:
            review = ReviewAnswer(
                assessment_id=assessment_id, question=question.id, verdict=Verdict.ACCEPTED, score=0.75
            )
            await office.issue(review, LEGAL)
    await office.issue(CloseAssessment(assessment_id=assessment_id), RISK)
    return assessment.use_id


async def fill_in(office: MemoryOffice, assessment_id: UUID) -> None:
    while True:
        assessment = await office.load(Assessment, assessment_id)
        gaps = missing(questionnaire_of(assessment, library()), assessment.facts, assessment.values)
        if not gaps:
            return
        await office.issue(_answer(assessment_id, gaps[0]), VENDOR)


def _answer(assessment_id: UUID, question: Question) -> AttachEvidence | RecordAnswer:
    if question.type is AnswerType.FILE:
        return AttachEvidence(
            assessment_id=assessment_id,
            question=question.id,
            filename="card.pdf",
            media_type="application/pdf",
            size=10,
            sha256="0" * 64,
        )
    return RecordAnswer(assessment_id=assessment_id, question=question.id, value=_best(question), seen=0)


def _best(question: Question) -> Any:
    match question.type:
        case AnswerType.TEXT:
            return "In place, documented and reviewed every year by the people who run it."
        case AnswerType.NUMBER:
            bands = getattr(question.scoring, "bands", ())
            return int(max(bands, key=lambda each: each.score).value) if bands else 0
        case AnswerType.DATE:
            return NOW.date().isoformat()
        case AnswerType.MULTI_CHOICE:
            return [each.value for each in question.options if (each.points or 0) > 0] or [question.options[0].value]
    return max(question.options, key=lambda each: -1 if each.score is None else each.score).value
