"""A suspension: at once, for a while, ratified or lapsed, lifted."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from suppliers.errors import AlreadySuspended, Ignored
from suppliers.reason import said
from suppliers.supplier.relationship import Moved, Relationship
from suppliers.supplier.standing import IN_SERVICE, Standing

RATIFICATION = timedelta(hours=72)
"""An emergency suspension lapses unless the council ratifies it within this time (domain reference, 8.1)."""


class Suspending(Relationship, part=True):
    """How new use of a supplier is stopped, and goes on."""

    class Suspended(Moved):
        """New use of the supplier was stopped; lapses at `ratify_by` unless the council ratifies it."""

        reason: str
        by: UUID
        ratify_by: datetime | None

        def apply(self, supplier: Relationship) -> None:
            supplier.before_suspension, supplier.ratify_by = supplier.standing, self.ratify_by
            self.move(supplier, Standing.SUSPENDED)

    class SuspensionRatified(Relationship.Event):
        """The council confirmed the suspension."""

        review_id: UUID

        def apply(self, supplier: Relationship) -> None:
            supplier.ratify_by = None

    class SuspensionLapsed(Moved):
        """Nobody ratified the emergency suspension in time."""

        def apply(self, supplier: Suspending) -> None:
            supplier.resume(self.timestamp)

    class Reinstated(Moved):
        """The cause of the suspension is closed."""

        reason: str
        by: UUID

        def apply(self, supplier: Suspending) -> None:
            supplier.resume(self.timestamp)

    def suspend(self, *, reason: str, by: UUID, ratified: bool, at: datetime, noted: datetime | None = None) -> None:
        """Stop new use of this supplier; without the council's decision only until it ratifies or 72 h pass.

        `noted` is now, when `at` is an earlier day: the council has its hours from then.
        """
        if self.standing is Standing.SUSPENDED:
            raise AlreadySuspended
        self._from(*IN_SERVICE)
        ratify_by = None if ratified else (noted or at) + RATIFICATION
        self.record(self.Suspended, reason=said(reason), by=by, ratify_by=ratify_by, at=at)

    def ratify_suspension(self, *, review_id: UUID, at: datetime) -> None:
        self._from(Standing.SUSPENDED)
        if self.ratify_by is None:
            raise Ignored
        self.record(self.SuspensionRatified, review_id=review_id, at=at)

    def lapse_suspension(self, *, at: datetime) -> None:
        if self.standing is not Standing.SUSPENDED or self.ratify_by is None or at < self.ratify_by:
            raise Ignored
        self.record(self.SuspensionLapsed, at=at)

    def reinstate(self, *, reason: str, by: UUID, at: datetime) -> None:
        self._from(Standing.SUSPENDED)
        self.record(self.Reinstated, reason=said(reason), by=by, at=at)

    def resume(self, since: datetime) -> None:
        """Return to the standing before the suspension (called by events)."""
        self.standing, self.since = self.before_suspension or Standing.ONBOARDING, since
        self.before_suspension = self.ratify_by = None
