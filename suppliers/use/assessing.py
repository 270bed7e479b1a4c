"""From a first question to a posture that lies before the council."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from suppliers.errors import Ignored, IntakeMissing, ProhibitedUse
from suppliers.eu_ai_act import EuClass
from suppliers.use.purpose import Purpose
from suppliers.use.states import ENDED, IN_USE, UseState


class Assessing(Purpose, part=True):
    """Rounds of questions about a use, and what time does to their answers."""

    class AssessmentStarted(Purpose.Event):
        """A round of questions about this use began."""

        assessment_id: UUID

        def apply(self, use: Purpose) -> None:
            use.assessment_id = self.assessment_id
            if use.state not in IN_USE:
                use.state = UseState.IN_ASSESSMENT

    class ReadiedForDecision(Purpose.Event):
        """A completed round lies before the council."""

        assessment_id: UUID

        def apply(self, use: Purpose) -> None:
            if use.state not in IN_USE:
                use.state = UseState.READY

    class PostureReassessed(Purpose.Event):
        """Time alone moved the posture: evidence aged, or something ran out."""

        on: date

        def apply(self, use: Purpose) -> None:
            use.reassessed_on = self.on

    def start_assessment(self, assessment_id: UUID, *, at: datetime) -> None:
        """Begin a round; needs an intake, and a class that is not prohibited."""
        self._live()
        if self.eu_class is EuClass.PROHIBITED:
            raise ProhibitedUse
        if self.intake is None or self.tier is None:
            raise IntakeMissing
        self.record(self.AssessmentStarted, assessment_id=assessment_id, at=at)

    def ready_for_decision(self, assessment_id: UUID, *, at: datetime) -> None:
        self._live()
        self.record(self.ReadiedForDecision, assessment_id=assessment_id, at=at)

    def reassess(self, on: date, *, at: datetime) -> None:
        """Put on the record that time moved the posture on this day; once a day."""
        if self.state in ENDED or self.reassessed_on == on:
            raise Ignored
        self.record(self.PostureReassessed, on=on, at=at)
