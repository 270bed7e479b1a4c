"""The vendor hands its answers in, under a named officer's statement."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from suppliers.assessment.round import Round
from suppliers.assessment.states import AssessmentState
from suppliers.assessment.verdicts import RaisedFlag
from suppliers.errors import StatementMissing


class Submitting(Round, part=True):
    """How answers become a statement, and what they give away."""

    class Submitted(Round.Event):
        """The vendor submitted, with a named officer's statement that the answers are true and complete."""

        PERSONAL: ClassVar[Mapping[str, str]] = {"officer_name": "by"}
        officer_name: str
        officer_title: str
        statement: str
        answers_sha256: str
        by: UUID

        def apply(self, assessment: Submitting) -> None:
            assessment.state, assessment.submitted_at = AssessmentState.SUBMITTED, self.timestamp
            assessment.submission, assessment.overdue = self, False

    class FlagRaised(Round.Event):
        """An answer fulfils the condition of a red flag or a knock-out."""

        flag: RaisedFlag

        def apply(self, assessment: Round) -> None:
            assessment.flags[self.flag.key] = self.flag

    submission: Submitted | None
    """The latest: who vouched for the answers, and the hash of what was handed in."""

    def submit(
        self,
        *,
        officer_name: str,
        officer_title: str,
        statement: str,
        answers_sha256: str,
        flags: tuple[RaisedFlag, ...],
        by: UUID,
        at: datetime,
    ) -> None:
        """Close the answers under a named officer's statement, and raise the flags they fulfil."""
        self._answering()
        if not officer_name.strip() or not officer_title.strip():
            raise StatementMissing
        self.record(
            self.Submitted,
            officer_name=officer_name.strip(),
            officer_title=officer_title.strip(),
            statement=statement,
            answers_sha256=answers_sha256,
            by=by,
            at=at,
        )
        for flag in flags:
            self.record(self.FlagRaised, flag=flag, at=at)
