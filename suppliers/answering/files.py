"""The vendor attaches files, and takes them back."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from pydantic import Field

from suppliers.assessment import Assessment, Evidence
from suppliers.entitlement import allow_vendor
from suppliers.ports import Command, Desk, Handlers, new_id
from suppliers.questionnaires.library import Library
from suppliers.questionnaires.model import AnswerType, Question
from suppliers.questions import find_question


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
    """The table of these commands."""
    return {
        AttachEvidence: partial(attach_evidence, library=library),
        RemoveEvidence: partial(remove_evidence, library=library),
    }
