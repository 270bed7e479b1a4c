"""Who a supplier is, who speaks for it, and who here owns the relationship."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from suppliers.errors import Ignored
from suppliers.supplier.details import SupplierDetails
from suppliers.supplier.relationship import Relationship


class Knowing(Relationship, part=True):
    """Facts that leave the standing as it is."""

    class DetailsCorrected(Relationship.Event):
        """Name, register number or place were corrected."""

        details: SupplierDetails
        by: UUID

        def apply(self, supplier: Relationship) -> None:
            supplier.details = self.details

    class OwnerAssigned(Relationship.Event):
        """Someone here owns the relationship."""

        owner: UUID
        by: UUID

        def apply(self, supplier: Relationship) -> None:
            supplier.owner = self.owner

    class ContactNamed(Relationship.Event):
        """Someone there answers our questions."""

        contact: UUID
        by: UUID

        def apply(self, supplier: Relationship) -> None:
            supplier.contact = self.contact

    class SanctionsChecked(Relationship.Event):
        """The supplier was held against the sanctions lists."""

        clean: bool
        note: str
        by: UUID

        def apply(self, supplier: Relationship) -> None:
            supplier.sanctions_clean = self.clean

    def correct(self, details: SupplierDetails, *, by: UUID, at: datetime) -> None:
        if details == self.details:
            raise Ignored
        self.record(self.DetailsCorrected, details=details, by=by, at=at)

    def assign_owner(self, owner: UUID, *, by: UUID, at: datetime) -> None:
        if owner == self.owner:
            raise Ignored
        self.record(self.OwnerAssigned, owner=owner, by=by, at=at)

    def name_contact(self, contact: UUID, *, by: UUID, at: datetime) -> None:
        if contact == self.contact:
            raise Ignored
        self.record(self.ContactNamed, contact=contact, by=by, at=at)

    def check_sanctions(self, *, clean: bool, note: str, by: UUID, at: datetime) -> None:
        self.record(self.SanctionsChecked, clean=clean, note=note, by=by, at=at)
