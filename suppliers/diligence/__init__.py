"""Commands of due diligence on our side: open, send, admit, remind, review, return, close."""

from __future__ import annotations

from suppliers.diligence import admitting, ending, opening, reviewing, sending, timing
from suppliers.diligence.admitting import ChangeContact, RenewLink, RevokeLink
from suppliers.diligence.ending import CloseAssessment, LapseAssessment, WithdrawAssessment
from suppliers.diligence.opening import OpenAssessment
from suppliers.diligence.reviewing import AcceptAnswers, ClearFlag, ReturnAssessment, ReviewAnswer
from suppliers.diligence.sending import NoteQuestionnaireBounced, NoteQuestionnaireSent, SendQuestionnaire
from suppliers.diligence.timing import ExtendDeadline, MarkOverdue, NoteReminderSent, RemindVendor
from suppliers.policy import ScoringPolicy
from suppliers.ports import Handlers
from suppliers.questionnaires.library import Library

__all__ = [
    "AcceptAnswers",
    "ChangeContact",
    "ClearFlag",
    "CloseAssessment",
    "ExtendDeadline",
    "LapseAssessment",
    "MarkOverdue",
    "NoteQuestionnaireBounced",
    "NoteQuestionnaireSent",
    "NoteReminderSent",
    "OpenAssessment",
    "RemindVendor",
    "RenewLink",
    "ReturnAssessment",
    "ReviewAnswer",
    "RevokeLink",
    "SendQuestionnaire",
    "WithdrawAssessment",
]


def handlers(policy: ScoringPolicy, library: Library) -> Handlers:
    """The table of this activity's commands."""
    return {
        **opening.handlers(policy, library),
        **sending.HANDLERS,
        **admitting.HANDLERS,
        **timing.HANDLERS,
        **reviewing.handlers(library),
        **ending.handlers(library),
    }
