"""The aggregate: all that can happen in a round."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from suppliers.aggregate import Created
from suppliers.assessment.admitting import Admitting
from suppliers.assessment.answering import Answering
from suppliers.assessment.asked import QuestionnaireRef
from suppliers.assessment.ending import Ending
from suppliers.assessment.reviewing import Reviewing
from suppliers.assessment.round import Round
from suppliers.assessment.sending import Sending
from suppliers.assessment.states import AssessmentState
from suppliers.assessment.submitting import Submitting
from suppliers.assessment.supporting import Supporting
from suppliers.assessment.timing import Timing
from suppliers.errors import DueDateNotLater
from suppliers.use import Fact


class Assessment(Sending, Admitting, Answering, Supporting, Submitting, Reviewing, Timing, Ending):
    """One round of due-diligence questions about one use."""

    class Opened(Round.Event, Created):
        """A round was prepared; questionnaire version and facts are frozen with it."""

        subject_id: UUID
        questionnaire: QuestionnaireRef
        facts: Mapping[str, Fact]
        contact: UUID
        due_on: date
        by: UUID

        def apply(self, assessment: Assessment) -> None:
            assessment.supplier_id, assessment.use_id = self.supplier_id, self.use_id
            assessment.subject_id, assessment.contact = self.subject_id, self.contact
            assessment.questionnaire, assessment.facts = self.questionnaire, self.facts
            assessment.due_on, assessment.opened_by, assessment.state = self.due_on, self.by, AssessmentState.OPENED
            assessment.link, assessment.link_expires_at, assessment.overdue = 0, None, False
            assessment.answers, assessment.evidence, assessment.reviews = {}, {}, {}
            assessment.flags, assessment.reminders, assessment.submitted_at = {}, frozenset(), None
            assessment.submission = assessment.clarification = assessment.more_time = None

    @classmethod
    def open(
        cls,
        *,
        id: UUID,
        supplier_id: UUID,
        use_id: UUID,
        subject_id: UUID,
        questionnaire: QuestionnaireRef,
        facts: Mapping[str, Fact],
        contact: UUID,
        due_on: date,
        by: UUID,
        at: datetime,
    ) -> Assessment:
        """Prepare a round; nothing leaves us until it is sent."""
        if due_on <= at.date():
            raise DueDateNotLater
        return cls._create(
            cls.Opened,
            id=id,
            supplier_id=supplier_id,
            use_id=use_id,
            subject_id=subject_id,
            questionnaire=questionnaire,
            facts=facts,
            contact=contact,
            due_on=due_on,
            by=by,
            timestamp=at,
        )
