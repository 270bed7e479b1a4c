"""The tier of a use: computed, or set by somebody entitled."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from suppliers.errors import Ignored, IntakeMissing, TierOnlyUp
from suppliers.reason import said
from suppliers.use.purpose import Purpose
from suppliers.use.rating import Rating


class Tiering(Purpose, part=True):
    """How critical a use is."""

    class TierAssigned(Purpose.Event):
        """The policy computed inherent risk and tier from the intake."""

        rating: Rating

        def apply(self, use: Purpose) -> None:
            use.rating, use.tier = self.rating, self.rating.tier

    class TierOverridden(Purpose.Event):
        """Somebody entitled set another tier; a lower one expires."""

        tier: int
        reason: str
        by: UUID
        expires_on: date | None = None

        def apply(self, use: Purpose) -> None:
            use.tier = self.tier

    def rate(self, rating: Rating, *, at: datetime) -> None:
        self._live()
        if rating != self.rating:
            self.record(self.TierAssigned, rating=rating, at=at)

    def override_tier(
        self, tier: int, *, reason: str, by: UUID, council: bool, at: datetime, expires_on: date | None = None
    ) -> None:
        """Set another tier: upward by anyone in risk, downward by the council with an expiry."""
        self._live()
        if self.tier is None:
            raise IntakeMissing
        if tier == self.tier:
            raise Ignored
        if tier > self.tier and not (council and expires_on is not None):
            raise TierOnlyUp
        self.record(self.TierOverridden, tier=tier, reason=said(reason), by=by, expires_on=expires_on, at=at)
