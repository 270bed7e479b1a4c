"""The end comes near, and a newer document takes its place."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from suppliers.attestation.document import Document, in_order
from suppliers.attestation.proof import Proof
from suppliers.attestation.states import AttestationState
from suppliers.errors import AttestationEnded, Ignored


class Renewing(Proof, part=True):
    """How an attestation is kept in force."""

    class RenewalRequested(Proof.Event):
        """Its end is near (`days_left`, 0 = last day); the vendor is asked for a new one."""

        days_left: int

        def apply(self, attestation: Proof) -> None:
            attestation.renewal_asked = attestation.renewal_asked | {self.days_left}

    class RenewalReminderSent(Proof.Event):
        """The letter that asks for renewal left us."""

        days_left: int
        letter: str

    class Renewed(Proof.Event):
        """A newer document took its place; it has to be verified again."""

        document: Document
        by: UUID

        def apply(self, attestation: Proof) -> None:
            attestation.document, attestation.given_by = self.document, self.by
            attestation.state, attestation.renewal_asked = AttestationState.GIVEN, frozenset()

    def request_renewal(self, *, days_left: int, at: datetime) -> None:
        """Ask for a new document, once per step of the reminder schedule, and only when that step is reached."""
        self._in_force()
        until = self.document.valid_until
        if until is None or days_left in self.renewal_asked or not 0 <= (until - at.date()).days <= days_left:
            raise Ignored
        self.record(self.RenewalRequested, days_left=days_left, at=at)

    def note_reminder(self, *, days_left: int, letter: str, at: datetime) -> None:
        self.record(self.RenewalReminderSent, days_left=days_left, letter=letter, at=at)

    def renew(self, document: Document, *, by: UUID, at: datetime) -> None:
        """Replace the document; allowed after a lapse too."""
        if self.state in {AttestationState.REVOKED, AttestationState.REJECTED}:
            raise AttestationEnded
        self.record(self.Renewed, document=in_order(document), by=by, at=at)
