"""Answers are judged, and given back for clarification."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from suppliers.assessment.round import Round
from suppliers.assessment.states import AssessmentState
from suppliers.assessment.verdicts import AnswerReview, Verdict
from suppliers.errors import DueDateNotLater, Ignored
from suppliers.reason import said


class Reviewing(Round, part=True):
    """What a reviewer makes of what was handed in."""

    class AnswerReviewed(Round.Event):
        """A reviewer judged an answer and its evidence."""

        question: str
        review: AnswerReview

        def apply(self, assessment: Round) -> None:
            assessment.reviews[self.question] = self.review

    class FlagCleared(Round.Event):
        """A reviewer found that the flag does not stand, or that its cause is gone."""

        key: str
        reason: str
        by: UUID

        def apply(self, assessment: Round) -> None:
            assessment.flags.pop(self.key, None)

    class Returned(Round.Event):
        """The answers went back to the vendor for clarification."""

        reason: str
        questions: tuple[str, ...]
        due_on: date
        link: int
        link_expires_at: datetime
        by: UUID

        def apply(self, assessment: Reviewing) -> None:
            assessment.state, assessment.due_on = AssessmentState.RETURNED, self.due_on
            assessment.link, assessment.link_expires_at = self.link, self.link_expires_at
            assessment.reminders, assessment.overdue, assessment.flags = frozenset(), False, {}
            assessment.clarification = self

    clarification: Returned | None
    """The latest: why the answers came back, and which."""

    def review_answer(self, question: str, review: AnswerReview, *, at: datetime) -> None:
        self._submitted()
        if self.reviews.get(question) == review:
            raise Ignored
        if review.verdict in {Verdict.WEAK, Verdict.CONTRADICTED, Verdict.CHALLENGED}:
            said(review.reason)
        self.record(self.AnswerReviewed, question=question, review=review, at=at)

    def clear_flag(self, key: str, *, reason: str, by: UUID, at: datetime) -> None:
        if key not in self.flags:
            raise Ignored
        self.record(self.FlagCleared, key=key, reason=said(reason), by=by, at=at)

    def give_back(self, *, reason: str, questions: tuple[str, ...], due_on: date, by: UUID, at: datetime) -> None:
        """Return the answers for clarification, with a new due date and a new link."""
        self._submitted()
        if due_on <= at.date():
            raise DueDateNotLater
        self.record(
            self.Returned,
            reason=said(reason),
            questions=questions,
            due_on=due_on,
            link=self.link + 1,
            link_expires_at=self._link_end(due_on, at),
            by=by,
            at=at,
        )
