"""The vendor begins, answers, takes answers back, and asks for time."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from pydantic import Field

from suppliers.assessment import Assessment
from suppliers.entitlement import allow_vendor
from suppliers.ports import Command, Desk, Handlers
from suppliers.questionnaires.answers import check_answer
from suppliers.questionnaires.library import Library
from suppliers.questions import find_question


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


class AskForTime(Command):
    """Ask for a later due date."""

    retried = True
    assessment_id: UUID
    until: date
    reason: str


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


def ask_for_time(command: AskForTime, desk: Desk) -> None:
    allow_vendor(desk.actor)
    desk.get(Assessment, command.assessment_id).ask_for_time(
        command.until, reason=command.reason, by=desk.actor.id, at=desk.now
    )


def handlers(library: Library) -> Handlers:
    """The table of these commands."""
    return {
        BeginAnswering: begin_answering,
        RecordAnswer: partial(record_answer, library=library),
        WithdrawAnswer: partial(withdraw_answer, library=library),
        AskForTime: ask_for_time,
    }
