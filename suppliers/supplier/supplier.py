"""The aggregate: all that can happen to a supplier."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from suppliers.aggregate import Created
from suppliers.supplier.approving import Approving
from suppliers.supplier.details import SupplierDetails
from suppliers.supplier.knowing import Knowing
from suppliers.supplier.leaving import Leaving
from suppliers.supplier.relationship import Relationship
from suppliers.supplier.standing import Standing
from suppliers.supplier.suspending import Suspending


class Supplier(Knowing, Approving, Suspending, Leaving):
    """A company that sells us AI models or data."""

    class Proposed(Relationship.Event, Created):
        """Someone wants to buy from this supplier."""

        details: SupplierDetails
        by: UUID

        def apply(self, supplier: Relationship) -> None:
            supplier.details, supplier.proposed_by = self.details, self.by
            supplier.standing, supplier.since = Standing.PROPOSED, self.timestamp
            supplier.owner = supplier.contact = supplier.before_suspension = supplier.ratify_by = None
            supplier.sanctions_clean = False

    @classmethod
    def propose(cls, *, id: UUID, details: SupplierDetails, by: UUID, at: datetime) -> Supplier:
        """Start with a supplier nobody has looked at yet."""
        return cls._create(cls.Proposed, id=id, details=details, by=by, timestamp=at)
