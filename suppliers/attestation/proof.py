"""What is known of an attestation, and whether it is in force."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from suppliers.aggregate import Aggregate
from suppliers.attestation.document import Document
from suppliers.attestation.states import IN_FORCE, AttestationState
from suppliers.errors import AttestationEnded


class Proof(Aggregate, part=True):
    """What every activity about an attestation rests on."""

    CARRIED: ClassVar[tuple[str, ...]] = ("supplier_id", "subject_id")

    class Event(Aggregate.Event):
        """A fact about an attestation."""

        supplier_id: UUID
        subject_id: UUID | None

    supplier_id: UUID
    subject_id: UUID | None
    type: str
    document: Document
    given_by: UUID
    state: AttestationState
    renewal_asked: frozenset[int]

    def _in_force(self) -> None:
        if self.state not in IN_FORCE:
            raise AttestationEnded
