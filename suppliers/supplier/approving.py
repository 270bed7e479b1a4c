"""From due diligence to the council's word."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from suppliers.errors import ContactMissing, OwnerMissing, SanctionsUnclear
from suppliers.reason import said
from suppliers.supplier.relationship import Moved, Relationship
from suppliers.supplier.standing import IN_SERVICE, Standing


class Approving(Relationship, part=True):
    """How a supplier comes into service, or does not."""

    class OnboardingStarted(Moved):
        """Due diligence may begin."""

        by: UUID

        def apply(self, supplier: Relationship) -> None:
            self.move(supplier, Standing.ONBOARDING)

    class Approved(Moved):
        """The council approved a use of this supplier."""

        review_id: UUID

        def apply(self, supplier: Relationship) -> None:
            self.move(supplier, Standing.APPROVED)

    class ApprovedWithConditions(Moved):
        """The council approved a use of this supplier under conditions."""

        review_id: UUID

        def apply(self, supplier: Relationship) -> None:
            self.move(supplier, Standing.CONDITIONAL)

    class Declined(Moved):
        """We do not buy from this supplier."""

        reason: str
        by: UUID

        def apply(self, supplier: Relationship) -> None:
            self.move(supplier, Standing.DECLINED)

    def start_onboarding(self, *, by: UUID, at: datetime) -> None:
        """Begin due diligence: needs a contact, an owner and a clean sanctions check."""
        self._from(Standing.PROPOSED)
        if self.contact is None:
            raise ContactMissing
        if self.owner is None:
            raise OwnerMissing
        if not self.sanctions_clean:
            raise SanctionsUnclear
        self.record(self.OnboardingStarted, by=by, at=at)

    def approve(self, *, review_id: UUID, conditional: bool, at: datetime) -> None:
        """Follow a council's approval of one of this supplier's uses."""
        self._from(Standing.ONBOARDING, *IN_SERVICE)
        wanted = Standing.CONDITIONAL if conditional else Standing.APPROVED
        if self.standing is wanted:
            return
        self.record(self.ApprovedWithConditions if conditional else self.Approved, review_id=review_id, at=at)

    def decline(self, *, reason: str, by: UUID, at: datetime) -> None:
        self._from(Standing.PROPOSED, Standing.ONBOARDING)
        self.record(self.Declined, reason=said(reason), by=by, at=at)
