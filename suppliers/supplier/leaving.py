"""The end of a relationship, and a new beginning."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from suppliers.errors import ExitIncomplete
from suppliers.reason import said
from suppliers.supplier.relationship import Moved, Relationship
from suppliers.supplier.standing import IN_SERVICE, Standing


class Leaving(Relationship, part=True):
    """How we leave a supplier, and come back."""

    class OffboardingStarted(Moved):
        """We are leaving this supplier."""

        exit_plan: str
        by: UUID

        def apply(self, supplier: Relationship) -> None:
            self.move(supplier, Standing.OFFBOARDING)

    class Offboarded(Moved):
        """The relationship ended; access is removed, our data returned or deleted."""

        certificate: str
        by: UUID

        def apply(self, supplier: Relationship) -> None:
            self.move(supplier, Standing.OFFBOARDED)

    class Reproposed(Moved):
        """After an end or a refusal, someone wants to buy from this supplier again."""

        reason: str
        by: UUID

        def apply(self, supplier: Relationship) -> None:
            self.move(supplier, Standing.PROPOSED)
            supplier.sanctions_clean = False

    def start_offboarding(self, *, exit_plan: str, by: UUID, at: datetime) -> None:
        self._from(*IN_SERVICE, Standing.SUSPENDED)
        self.record(self.OffboardingStarted, exit_plan=said(exit_plan), by=by, at=at)

    def offboard(self, *, access_removed: bool, certificate: str, by: UUID, at: datetime) -> None:
        """End the relationship; `certificate` says how the return or deletion of our data was certified."""
        self._from(Standing.OFFBOARDING)
        if not access_removed or not certificate.strip():
            raise ExitIncomplete
        self.record(self.Offboarded, certificate=certificate.strip(), by=by, at=at)

    def propose_again(self, *, reason: str, by: UUID, at: datetime) -> None:
        self._from(Standing.DECLINED, Standing.OFFBOARDED)
        self.record(self.Reproposed, reason=said(reason), by=by, at=at)
