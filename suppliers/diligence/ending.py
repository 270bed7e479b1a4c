"""A round ends: closed, withdrawn or lapsed."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from suppliers.assessment import Assessment
from suppliers.entitlement import BUYERS, REVIEWERS, RISK, allow, allow_system
from suppliers.errors import OwnRequest, ReviewIncomplete
from suppliers.ports import Command, Desk, Handlers
from suppliers.questionnaires.library import Library
from suppliers.questions import unreviewed
from suppliers.use import Use


class CloseAssessment(Command):
    """Complete the review; the use is ready for a decision."""

    assessment_id: UUID
    summary: str = ""


class WithdrawAssessment(Command):
    """End a round without answers."""

    assessment_id: UUID
    reason: str


class LapseAssessment(Command):
    """Note that nobody answered long after the due date."""

    retried = True
    assessment_id: UUID


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


def lapse_assessment(command: LapseAssessment, desk: Desk) -> None:
    allow_system(desk.actor)
    desk.get(Assessment, command.assessment_id).lapse(at=desk.now)


def handlers(library: Library) -> Handlers:
    """The table of these commands."""
    return {
        CloseAssessment: partial(close_assessment, library=library),
        WithdrawAssessment: withdraw_assessment,
        LapseAssessment: lapse_assessment,
    }
