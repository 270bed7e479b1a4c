"""The aggregate: all that can happen to an attestation."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from suppliers.aggregate import Created
from suppliers.attestation.document import Document, in_order
from suppliers.attestation.proof import Proof
from suppliers.attestation.renewing import Renewing
from suppliers.attestation.states import IN_FORCE, AttestationState
from suppliers.attestation.verifying import Verifying
from suppliers.errors import Ignored
from suppliers.reason import said


class Attestation(Verifying, Renewing):
    """One attestation of one type, about a supplier or one of its subjects."""

    class Given(Proof.Event, Created):
        """The attestation was handed to us."""

        type: str
        document: Document
        assessment_id: UUID | None = None
        by: UUID

        def apply(self, attestation: Proof) -> None:
            attestation.supplier_id, attestation.subject_id = self.supplier_id, self.subject_id
            attestation.type, attestation.document, attestation.given_by = self.type, self.document, self.by
            attestation.state, attestation.renewal_asked = AttestationState.GIVEN, frozenset()

    class Lapsed(Proof.Event):
        """Its validity ended without renewal."""

        def apply(self, attestation: Proof) -> None:
            attestation.state = AttestationState.LAPSED

    class Revoked(Proof.Event):
        """Issuer or vendor took it back; it counts as expired at once."""

        reason: str
        by: UUID

        def apply(self, attestation: Proof) -> None:
            attestation.state = AttestationState.REVOKED

    @classmethod
    def give(
        cls,
        *,
        id: UUID,
        supplier_id: UUID,
        subject_id: UUID | None,
        type: str,
        document: Document,
        by: UUID,
        at: datetime,
        assessment_id: UUID | None = None,
    ) -> Attestation:
        """Take in a document; `by` cannot verify it later."""
        return cls._create(
            cls.Given,
            id=id,
            supplier_id=supplier_id,
            subject_id=subject_id,
            type=type,
            document=in_order(document),
            assessment_id=assessment_id,
            by=by,
            timestamp=at,
        )

    def lapse(self, *, at: datetime) -> None:
        """Note that the last day of validity has passed."""
        until = self.document.valid_until
        if self.state not in IN_FORCE or until is None or at.date() <= until:
            raise Ignored
        self.record(self.Lapsed, at=at)

    def revoke(self, *, reason: str, by: UUID, at: datetime) -> None:
        self._in_force()
        self.record(self.Revoked, reason=said(reason), by=by, at=at)
