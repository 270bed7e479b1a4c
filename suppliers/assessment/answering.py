"""The vendor answers, question by question."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from suppliers.assessment.answers import Answer
from suppliers.assessment.round import Round
from suppliers.assessment.states import AssessmentState
from suppliers.errors import AnswerOvertaken, Ignored, LinkInvalid


class Answering(Round, part=True):
    """What a vendor says, and takes back."""

    class Begun(Round.Event):
        """The vendor opened the questionnaire."""

        by: UUID

        def apply(self, assessment: Round) -> None:
            assessment.state = AssessmentState.BEGUN

    class AnswerRecorded(Round.Event):
        """The vendor answered a question, or changed its answer."""

        question: str
        value: Any = None
        note: str = ""
        revision: int
        by: UUID

        def apply(self, assessment: Round) -> None:
            assessment.answers[self.question] = Answer(
                value=self.value, note=self.note, revision=self.revision, by=self.by, at=self.timestamp
            )
            assessment.reviews.pop(self.question, None)

    class AnswerWithdrawn(Round.Event):
        """The vendor took an answer back."""

        question: str
        revision: int
        by: UUID

        def apply(self, assessment: Round) -> None:
            assessment.answers[self.question] = Answer(revision=self.revision, by=self.by, at=self.timestamp)
            assessment.reviews.pop(self.question, None)

    def begin(self, *, link: int, by: UUID, at: datetime) -> None:
        """The vendor starts, or goes on: only the first time is a fact."""
        if not self.link_works(link, at=at):
            raise LinkInvalid
        if self.state in {AssessmentState.SENT, AssessmentState.SENDING, AssessmentState.RETURNED}:
            self.record(self.Begun, by=by, at=at)

    def answer(self, question: str, *, value: Any, note: str, seen: int, by: UUID, at: datetime) -> None:
        """Record an answer already checked against the questionnaire; `seen` is the revision its author saw."""
        self._answering()
        present = self.answers.get(question)
        if present is not None and (present.value, present.note) == (value, note):
            raise Ignored
        self._unchanged_since(question, seen)
        self.record(self.AnswerRecorded, question=question, value=value, note=note, revision=seen + 1, by=by, at=at)

    def withdraw_answer(self, question: str, *, seen: int, by: UUID, at: datetime) -> None:
        self._answering()
        present = self.answers.get(question)
        if present is None or present.value is None:
            raise Ignored
        self._unchanged_since(question, seen)
        self.record(self.AnswerWithdrawn, question=question, revision=seen + 1, by=by, at=at)

    def _unchanged_since(self, question: str, seen: int) -> None:
        present = self.answers.get(question)
        if (present.revision if present else 0) != seen:
            raise AnswerOvertaken
