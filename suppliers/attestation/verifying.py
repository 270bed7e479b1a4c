"""Somebody else checks what was handed to us."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from suppliers.attestation.proof import Proof
from suppliers.attestation.states import AttestationState
from suppliers.attestation.verified import Coverage, Opinion
from suppliers.errors import AlreadyVerified, OwnUpload
from suppliers.reason import said


class Verifying(Proof, part=True):
    """How a document becomes a proof, or does not."""

    class Verified(Proof.Event):
        """Someone other than the uploader checked it, and how."""

        how: str
        covers_subject: Coverage
        opinion: Opinion
        by: UUID

        def apply(self, attestation: Proof) -> None:
            attestation.state = AttestationState.VERIFIED

    class Rejected(Proof.Event):
        """It does not prove what it should."""

        reason: str
        by: UUID

        def apply(self, attestation: Proof) -> None:
            attestation.state = AttestationState.REJECTED

    def verify(self, *, how: str, covers: Coverage, opinion: Opinion, by: UUID, at: datetime) -> None:
        """Say how it was checked (register look-up, QR code, call)."""
        if self.state is AttestationState.VERIFIED:
            raise AlreadyVerified
        self._in_force()
        if by == self.given_by:
            raise OwnUpload
        self.record(self.Verified, how=said(how), covers_subject=covers, opinion=opinion, by=by, at=at)

    def reject(self, *, reason: str, by: UUID, at: datetime) -> None:
        self._in_force()
        self.record(self.Rejected, reason=said(reason), by=by, at=at)
