"""What is known of a round, and what its state allows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

from suppliers.aggregate import Aggregate
from suppliers.assessment.answers import Answer, Evidence
from suppliers.assessment.asked import QuestionnaireRef
from suppliers.assessment.states import FINISHED, LAPSES_AFTER, WITH_VENDOR, AssessmentState
from suppliers.assessment.verdicts import AnswerReview, RaisedFlag
from suppliers.errors import AnswersClosed, AssessmentEnded, NotSubmitted, NotYetSent
from suppliers.use import Fact


class Round(Aggregate, part=True):
    """What every activity of an assessment rests on."""

    CARRIED: ClassVar[tuple[str, ...]] = ("supplier_id", "use_id")

    class Event(Aggregate.Event):
        """A fact about an assessment."""

        supplier_id: UUID
        use_id: UUID

    supplier_id: UUID
    use_id: UUID
    subject_id: UUID
    questionnaire: QuestionnaireRef
    facts: Mapping[str, Fact]
    contact: UUID
    due_on: date
    opened_by: UUID
    state: AssessmentState
    link: int
    link_expires_at: datetime | None
    overdue: bool
    answers: dict[str, Answer]
    evidence: dict[UUID, Evidence]
    reviews: dict[str, AnswerReview]
    flags: dict[str, RaisedFlag]
    reminders: frozenset[str]
    submitted_at: datetime | None

    @property
    def values(self) -> dict[str, Any]:
        """Question id -> present answer, without those taken back."""
        return {id: answer.value for id, answer in self.answers.items() if answer.value is not None}

    @property
    def finished(self) -> bool:
        return self.state in FINISHED

    @property
    def with_vendor(self) -> bool:
        return self.state in WITH_VENDOR

    def link_works(self, link: int, *, at: datetime) -> bool:
        """Whether a link of this generation opens the questionnaire (read-only after submission)."""
        return link == self.link and self.link_expires_at is not None and at < self.link_expires_at

    @staticmethod
    def _link_end(due_on: date, at: datetime) -> datetime:
        """A link outlives the due date, so that a late vendor can still answer, until the round lapses."""
        return datetime.combine(due_on + LAPSES_AFTER + timedelta(days=1), datetime.min.time(), tzinfo=at.tzinfo)

    def _going(self) -> None:
        if self.state in FINISHED:
            raise AssessmentEnded

    def _with_vendor(self) -> None:
        self._going()
        if self.state not in WITH_VENDOR:
            raise NotYetSent if self.state is AssessmentState.OPENED else AnswersClosed

    def _answering(self) -> None:
        self._with_vendor()
        if self.state is not AssessmentState.BEGUN:
            raise NotYetSent

    def _submitted(self) -> None:
        self._going()
        if self.state is not AssessmentState.SUBMITTED:
            raise NotSubmitted
