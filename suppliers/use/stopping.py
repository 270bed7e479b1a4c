"""A use is questioned, stopped, goes on or ends."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from suppliers.errors import Ignored, WrongUseState
from suppliers.reason import said
from suppliers.use.purpose import Purpose
from suppliers.use.states import IN_USE, UseState


class Stopping(Purpose, part=True):
    """What befalls a use that was let in."""

    class ReviewTriggered(Purpose.Event):
        """Something happened that the approval does not cover."""

        reason: str
        by: UUID

        def apply(self, use: Purpose) -> None:
            use.state = UseState.UNDER_REVIEW

    class Suspended(Purpose.Event):
        """This use was stopped."""

        reason: str
        by: UUID

        def apply(self, use: Purpose) -> None:
            use.before_suspension, use.state = use.state, UseState.SUSPENDED

    class Reinstated(Purpose.Event):
        """This use may go on."""

        reason: str
        by: UUID

        def apply(self, use: Purpose) -> None:
            use.state = use.before_suspension

    class Retired(Purpose.Event):
        """We stopped using the subject for this purpose."""

        reason: str
        by: UUID

        def apply(self, use: Purpose) -> None:
            use.state, use.approved_until = UseState.RETIRED, None

    def trigger_review(self, reason: str, *, by: UUID, at: datetime) -> None:
        if self.state not in IN_USE:
            raise Ignored
        self.record(self.ReviewTriggered, reason=said(reason), by=by, at=at)

    def suspend(self, *, reason: str, by: UUID, at: datetime) -> None:
        if self.state not in IN_USE | {UseState.UNDER_REVIEW}:
            raise WrongUseState
        self.record(self.Suspended, reason=said(reason), by=by, at=at)

    def reinstate(self, *, reason: str, by: UUID, at: datetime) -> None:
        if self.state is not UseState.SUSPENDED:
            raise WrongUseState
        self.record(self.Reinstated, reason=said(reason), by=by, at=at)

    def retire(self, *, reason: str, by: UUID, at: datetime) -> None:
        self._live()
        self.record(self.Retired, reason=said(reason), by=by, at=at)
