"""What we use it for in detail, and what the EU AI Act calls that."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from suppliers.errors import Ignored, IntakeMissing, OwnRequest
from suppliers.eu_ai_act import Classification
from suppliers.use.intake import Intake
from suppliers.use.purpose import Purpose
from suppliers.use.states import UseState


class Classifying(Purpose, part=True):
    """Intake and class, on which questions and duties depend."""

    class IntakeCompleted(Purpose.Event):
        """The questions that decide tier and questionnaire were answered."""

        intake: Intake
        by: UUID

        def apply(self, use: Purpose) -> None:
            use.intake = self.intake
            if use.state is UseState.DESCRIBED:
                use.state = UseState.INTAKE_COMPLETE

    class EuClassRecorded(Purpose.Event):
        """We classified this use under the EU AI Act."""

        classification: Classification
        by: UUID

        def apply(self, use: Purpose) -> None:
            use.classification, use.class_confirmed = self.classification, False

    class EuClassConfirmed(Purpose.Event):
        """Legal agreed with the classification."""

        by: UUID

        def apply(self, use: Purpose) -> None:
            use.class_confirmed = True

    def complete_intake(self, intake: Intake, *, by: UUID, at: datetime) -> None:
        self._live()
        if intake == self.intake:
            raise Ignored
        self.record(self.IntakeCompleted, intake=intake, by=by, at=at)

    def classify(self, classification: Classification, *, by: UUID, at: datetime) -> None:
        self._live()
        self.record(self.EuClassRecorded, classification=classification, by=by, at=at)

    def confirm_class(self, *, by: UUID, at: datetime) -> None:
        """Legal agrees; the requester cannot confirm what they filled in."""
        self._live()
        if self.classification is None:
            raise IntakeMissing
        if by == self.requester:
            raise OwnRequest
        if self.class_confirmed:
            raise Ignored
        self.record(self.EuClassConfirmed, by=by, at=at)
