"""The invitation: asked for, mailed or refused."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from suppliers.assessment.round import Round
from suppliers.assessment.states import AssessmentState
from suppliers.errors import AlreadySent, DueDateNotLater


class Sending(Round, part=True):
    """How a questionnaire leaves us."""

    class SendingRequested(Round.Event):
        """Somebody pressed send; the letter is owed."""

        link: int
        link_expires_at: datetime
        message: str = ""
        by: UUID

        def apply(self, assessment: Round) -> None:
            assessment.link, assessment.link_expires_at = self.link, self.link_expires_at
            assessment.state = AssessmentState.SENDING

    class QuestionnaireSent(Round.Event):
        """The mail server took the invitation."""

        link: int
        to: UUID
        letter: str

        def apply(self, assessment: Round) -> None:
            if assessment.state is AssessmentState.SENDING:
                assessment.state = AssessmentState.SENT

    class QuestionnaireBounced(Round.Event):
        """The mail server refused the invitation for good."""

        link: int
        code: int
        text: str

        def apply(self, assessment: Round) -> None:
            if assessment.state is AssessmentState.SENDING:
                assessment.state = AssessmentState.OPENED

    def send(self, *, message: str, by: UUID, at: datetime) -> None:
        """Ask for the invitation to be mailed; after a bounce it may be asked again."""
        if self.state is not AssessmentState.OPENED:
            self._going()
            raise AlreadySent
        if self.due_on < at.date():
            raise DueDateNotLater
        self.record(
            self.SendingRequested,
            link=self.link + 1,
            link_expires_at=self._link_end(self.due_on, at),
            message=message.strip(),
            by=by,
            at=at,
        )

    def note_sent(self, *, link: int, to: UUID, letter: str, at: datetime) -> None:
        self.record(self.QuestionnaireSent, link=link, to=to, letter=letter, at=at)

    def note_bounced(self, *, link: int, code: int, text: str, at: datetime) -> None:
        self.record(self.QuestionnaireBounced, link=link, code=code, text=text, at=at)
