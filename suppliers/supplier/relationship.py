"""What is known of a supplier, and what its standing allows."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from suppliers.aggregate import Aggregate
from suppliers.errors import WrongStanding
from suppliers.supplier.details import SupplierDetails
from suppliers.supplier.standing import Standing


class Relationship(Aggregate, part=True):
    """What every activity of a supplier rests on."""

    class Event(Aggregate.Event):
        """A fact about a supplier."""

    details: SupplierDetails
    proposed_by: UUID
    standing: Standing
    since: datetime
    owner: UUID | None
    contact: UUID | None
    sanctions_clean: bool
    before_suspension: Standing | None
    ratify_by: datetime | None

    def _from(self, *standings: Standing) -> None:
        if self.standing not in standings:
            raise WrongStanding


class Moved(Relationship.Event):
    """A fact that changes the standing."""

    def move(self, supplier: Relationship, standing: Standing) -> None:
        supplier.standing, supplier.since = standing, self.timestamp
