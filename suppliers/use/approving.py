"""What the council decided, and for how long."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from suppliers.errors import Ignored
from suppliers.use.purpose import Purpose
from suppliers.use.states import IN_USE, UseState


class Approving(Purpose, part=True):
    """How a use is let in, and how that ends by itself."""

    class PutToCouncil(Purpose.Event):
        """The council was asked about this use."""

        review_id: UUID
        by: UUID

        def apply(self, use: Purpose) -> None:
            use.review_id = self.review_id

    class Approved(Purpose.Event):
        """The council approved this use."""

        review_id: UUID
        until: date

        def apply(self, use: Purpose) -> None:
            use.state, use.approved_until = UseState.APPROVED, self.until

    class ConditionallyApproved(Purpose.Event):
        """The council approved this use under conditions."""

        review_id: UUID
        until: date

        def apply(self, use: Purpose) -> None:
            use.state, use.approved_until = UseState.CONDITIONAL, self.until

    class Rejected(Purpose.Event):
        """The council rejected this use."""

        review_id: UUID

        def apply(self, use: Purpose) -> None:
            use.state, use.approved_until = UseState.REJECTED, None

    class ApprovalExpired(Purpose.Event):
        """The approval ran out; no new use until the council decides again."""

        def apply(self, use: Purpose) -> None:
            use.state, use.approved_until = UseState.UNDER_REVIEW, None

    def put_to_council(self, review_id: UUID, *, by: UUID, at: datetime) -> None:
        self._live()
        self.record(self.PutToCouncil, review_id=review_id, by=by, at=at)

    def approve(self, *, review_id: UUID, conditional: bool, until: date, at: datetime) -> None:
        self._live()
        self.record(
            self.ConditionallyApproved if conditional else self.Approved, review_id=review_id, until=until, at=at
        )

    def reject(self, *, review_id: UUID, at: datetime) -> None:
        self._live()
        self.record(self.Rejected, review_id=review_id, at=at)

    def expire_approval(self, *, at: datetime) -> None:
        if self.state not in IN_USE or self.approved_until is None or at.date() <= self.approved_until:
            raise Ignored
        self.record(self.ApprovalExpired, at=at)
