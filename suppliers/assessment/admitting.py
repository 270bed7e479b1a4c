"""Who may answer: a contact at the vendor, by a mailed link."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from suppliers.assessment.round import Round
from suppliers.errors import Ignored
from suppliers.reason import said


class Admitting(Round, part=True):
    """How a vendor gets in, and is shut out."""

    class LinkRenewed(Round.Event):
        """A new link was asked for; every earlier one stopped working, and the letter is owed."""

        link: int
        link_expires_at: datetime
        by: UUID

        def apply(self, assessment: Round) -> None:
            assessment.link, assessment.link_expires_at = self.link, self.link_expires_at

    class LinkRevoked(Round.Event):
        """The link stopped working and no other took its place."""

        reason: str
        by: UUID

        def apply(self, assessment: Round) -> None:
            assessment.link_expires_at = None

    class ContactChanged(Round.Event):
        """Somebody else at the vendor answers now."""

        contact: UUID
        by: UUID

        def apply(self, assessment: Round) -> None:
            assessment.contact = self.contact

    def renew_link(self, *, by: UUID, at: datetime) -> None:
        """Mail a new link; earlier ones stop working."""
        self._with_vendor()
        self.record(self.LinkRenewed, link=self.link + 1, link_expires_at=self._link_end(self.due_on, at), by=by, at=at)

    def revoke_link(self, *, reason: str, by: UUID, at: datetime) -> None:
        self._going()
        if self.link_expires_at is None:
            raise Ignored
        self.record(self.LinkRevoked, reason=said(reason), by=by, at=at)

    def change_contact(self, contact: UUID, *, by: UUID, at: datetime) -> None:
        self._going()
        if contact == self.contact:
            raise Ignored
        self.record(self.ContactChanged, contact=contact, by=by, at=at)
