"""A round ends: reviewed, not needed any more, or never answered."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from suppliers.assessment.round import Round
from suppliers.assessment.states import LAPSES_AFTER, WITH_VENDOR, AssessmentState
from suppliers.errors import Ignored
from suppliers.reason import said


class Ending(Round, part=True):
    """How a round ends."""

    class Closed(Round.Event):
        """The review of the answers is complete."""

        summary: str
        by: UUID

        def apply(self, assessment: Round) -> None:
            assessment.state = AssessmentState.CLOSED

    class Withdrawn(Round.Event):
        """We no longer need these answers."""

        reason: str
        by: UUID

        def apply(self, assessment: Round) -> None:
            assessment.state, assessment.link_expires_at = AssessmentState.WITHDRAWN, None

    class Lapsed(Round.Event):
        """Nobody answered within thirty days after the due date."""

        def apply(self, assessment: Round) -> None:
            assessment.state, assessment.link_expires_at = AssessmentState.LAPSED, None

    def close(self, *, summary: str, by: UUID, at: datetime) -> None:
        self._submitted()
        self.record(self.Closed, summary=summary.strip(), by=by, at=at)

    def withdraw(self, *, reason: str, by: UUID, at: datetime) -> None:
        self._going()
        self.record(self.Withdrawn, reason=said(reason), by=by, at=at)

    def lapse(self, *, at: datetime) -> None:
        if self.state not in WITH_VENDOR or at.date() <= self.due_on + LAPSES_AFTER:
            raise Ignored
        self.record(self.Lapsed, at=at)
