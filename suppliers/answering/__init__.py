"""Commands of the vendor: begin, answer, attach, ask for time, submit."""

from __future__ import annotations

from suppliers.answering import answers, files, submitting
from suppliers.answering.answers import AskForTime, BeginAnswering, RecordAnswer, WithdrawAnswer
from suppliers.answering.files import AttachEvidence, RemoveEvidence
from suppliers.answering.submitting import STATEMENT, SubmitAnswers
from suppliers.ports import Handlers
from suppliers.questionnaires.library import Library

__all__ = [
    "STATEMENT",
    "AskForTime",
    "AttachEvidence",
    "BeginAnswering",
    "RecordAnswer",
    "RemoveEvidence",
    "SubmitAnswers",
    "WithdrawAnswer",
]


def handlers(library: Library) -> Handlers:
    """The table of this activity's commands."""
    return {**answers.handlers(library), **files.handlers(library), **submitting.handlers(library)}
