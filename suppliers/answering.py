"""Commands of the vendor: begin, answer, attach, ask for time, submit."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from pydantic import Field

from suppliers.assessment import Assessment, Evidence, RaisedFlag
from suppliers.entitlement import allow_vendor
from suppliers.errors import AnswersMissing, UnknownQuestion
from suppliers.ports import Command, Desk, Handlers, new_id
from suppliers.questionnaires.answers import check_answer
from suppliers.questionnaires.course import active_answers, canonical, missing
from suppliers.questionnaires.flags import fired
from suppliers.questionnaires.library import Library
from suppliers.questionnaires.model import AnswerType, Question, Questionnaire

STATEMENT = (
    "I am authorised to state for the supplier that these answers are true and complete, "
    "and that we will tell you within 30 days of any change that makes one untrue."
)


class BeginAnswering(Command):
    """Start on the questionnaire, or go on with it, from a mailed link."""

    retried = True
    assessment_id: UUID
    link: int


class RecordAnswer(Command):
    """Answer a question; `seen` is the revision of the answer its author was looking at (0 = none)."""

    retried = True
    assessment_id: UUID
    question: str
    value: Any = None
    note: str = Field(default="", max_length=5000)
    seen: int


class WithdrawAnswer(Command):
    """Take an answer back."""

    retried = True
    assessment_id: UUID
    question: str
    seen: int


class AttachEvidence(Command):
    """Attach a stored file to a question."""

    retried = True
    assessment_id: UUID
    evidence_id: UUID = Field(default_factory=new_id)
    question: str
    filename: str
    media_type: str
    size: int
    sha256: str
    dated: date | None = None


class RemoveEvidence(Command):
    """Take a file back."""

    retried = True
    assessment_id: UUID
    evidence_id: UUID


class AskForTime(Command):
    """Ask for a later due date."""

    retried = True
    assessment_id: UUID
    until: date
    reason: str


class SubmitAnswers(Command):
    """Hand the answers in under a named officer's statement."""

    assessment_id: UUID
    officer_name: str
    officer_title: str


def begin_answering(command: BeginAnswering, desk: Desk) -> None:
    allow_vendor(desk.actor)
    desk.get(Assessment, command.assessment_id).begin(link=command.link, by=desk.actor.id, at=desk.now)


def record_answer(command: RecordAnswer, desk: Desk, *, library: Library) -> None:
    allow_vendor(desk.actor)
    assessment = desk.get(Assessment, command.assessment_id)
    question = find_question(assessment, command.question, library)
    value = check_answer(question, command.value)
    assessment.answer(
        question.id,
        value=list(value) if isinstance(value, tuple) else value,
        note=command.note.strip(),
        seen=command.seen,
        by=desk.actor.id,
        at=desk.now,
    )


def withdraw_answer(command: WithdrawAnswer, desk: Desk, *, library: Library) -> None:
    allow_vendor(desk.actor)
    assessment = desk.get(Assessment, command.assessment_id)
    question = find_question(assessment, command.question, library)
    assessment.withdraw_answer(question.id, seen=command.seen, by=desk.actor.id, at=desk.now)


def attach_evidence(command: AttachEvidence, desk: Desk, *, library: Library) -> None:
    """Attach a file; on a question that asks for a file, the files are the answer."""
    allow_vendor(desk.actor)
    assessment = desk.get(Assessment, command.assessment_id)
    question = find_question(assessment, command.question, library)
    evidence = Evidence(
        id=command.evidence_id,
        question=question.id,
        filename=command.filename,
        media_type=command.media_type,
        size=command.size,
        sha256=command.sha256,
        dated=command.dated,
        by=desk.actor.id,
        at=desk.now,
    )
    assessment.attach(evidence, at=desk.now)
    _answer_with_files(assessment, question, desk)


def remove_evidence(command: RemoveEvidence, desk: Desk, *, library: Library) -> None:
    allow_vendor(desk.actor)
    assessment = desk.get(Assessment, command.assessment_id)
    evidence = assessment.evidence.get(command.evidence_id)
    assessment.remove_evidence(command.evidence_id, by=desk.actor.id, at=desk.now)
    if evidence is not None:
        _answer_with_files(assessment, find_question(assessment, evidence.question, library), desk)


def ask_for_time(command: AskForTime, desk: Desk) -> None:
    allow_vendor(desk.actor)
    desk.get(Assessment, command.assessment_id).ask_for_time(
        command.until, reason=command.reason, by=desk.actor.id, at=desk.now
    )


def submit_answers(command: SubmitAnswers, desk: Desk, *, library: Library) -> None:
    """Refuse while required questions are open; else close the answers and raise the flags they fulfil."""
    allow_vendor(desk.actor)
    assessment = desk.get(Assessment, command.assessment_id)
    assessment.saw(command.expected_version)
    questionnaire = questionnaire_of(assessment, library)
    values = assessment.values
    if gaps := missing(questionnaire, assessment.facts, values):
        raise AnswersMissing(f"Still open: {', '.join(each.id for each in gaps[:8])}.")
    active = active_answers(questionnaire, assessment.facts, values)
    assessment.submit(
        officer_name=command.officer_name,
        officer_title=command.officer_title,
        statement=STATEMENT,
        answers_sha256=hashlib.sha256(canonical(active).encode()).hexdigest(),
        flags=raised(questionnaire, assessment),
        by=desk.actor.id,
        at=desk.now,
    )


def raised(questionnaire: Questionnaire, assessment: Assessment) -> tuple[RaisedFlag, ...]:
    """Every flag that the submitted answers fire."""
    return tuple(
        RaisedFlag(
            key=f"{found.question}:{index}",
            question=found.question,
            severity=flag.severity.value,
            effect=flag.effect.value,
            note=flag.note,
        )
        for found in fired(questionnaire, assessment.facts, assessment.values, submitted=True)
        for index, flag in enumerate(found.flags)
    )


def questionnaire_of(assessment: Assessment, library: Library) -> Questionnaire:
    """The questionnaire at the version frozen in the assessment."""
    return library.get(assessment.questionnaire.id, assessment.questionnaire.version)


def find_question(assessment: Assessment, id: str, library: Library) -> Question:
    """A question of this assessment's questionnaire."""
    for question in questionnaire_of(assessment, library).questions:
        if question.id == id:
            return question
    raise UnknownQuestion


def _answer_with_files(assessment: Assessment, question: Question, desk: Desk) -> None:
    if question.type is not AnswerType.FILE:
        return
    present = assessment.answers.get(question.id)
    seen = present.revision if present else 0
    files = [str(each.id) for each in assessment.evidence.values() if each.question == question.id]
    if files:
        note = present.note if present else ""
        assessment.answer(question.id, value=files, note=note, seen=seen, by=desk.actor.id, at=desk.now)
    elif present is not None and present.value is not None:
        assessment.withdraw_answer(question.id, seen=seen, by=desk.actor.id, at=desk.now)


def handlers(library: Library) -> Handlers:
    """The table of this activity's commands."""
    return {
        BeginAnswering: begin_answering,
        RecordAnswer: partial(record_answer, library=library),
        WithdrawAnswer: partial(withdraw_answer, library=library),
        AttachEvidence: partial(attach_evidence, library=library),
        RemoveEvidence: partial(remove_evidence, library=library),
        AskForTime: ask_for_time,
        SubmitAnswers: partial(submit_answers, library=library),
    }
