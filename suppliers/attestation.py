"""An attestation: a dated document or signed statement, its verification, its renewal and its end."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from suppliers.aggregate import Aggregate, Created
from suppliers.errors import AlreadyVerified, AttestationEnded, DatesOutOfOrder, Ignored, OwnUpload
from suppliers.reason import said
from suppliers.word import Word


class AttestationState(Word):
    GIVEN = "given"
    VERIFIED = "verified"
    REJECTED = "rejected"
    LAPSED = "lapsed"
    REVOKED = "revoked"


IN_FORCE = frozenset({AttestationState.GIVEN, AttestationState.VERIFIED})


class Coverage(Word):
    """Whether the attestation covers the subject we use."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Opinion(Word):
    """The issuer's opinion, where the type has one."""

    CLEAN = "clean"
    QUALIFIED = "qualified"
    ADVERSE = "adverse"
    NOT_APPLICABLE = "n/a"


class Document(BaseModel):
    """What was attested: first and last day of validity (`valid_until` None = no fixed end), and the file behind it."""

    model_config = ConfigDict(frozen=True)

    issuer: str
    scope: str = ""
    valid_from: date
    valid_until: date | None
    sha256: str = ""
    filename: str = ""


class Attestation(Aggregate):
    """One attestation of one type, about a supplier or one of its subjects."""

    CARRIED: ClassVar[tuple[str, ...]] = ("supplier_id", "subject_id")

    class Event(Aggregate.Event):
        """A fact about an attestation."""

        supplier_id: UUID
        subject_id: UUID | None

    class Given(Event, Created):
        """The attestation was handed to us."""

        type: str
        document: Document
        assessment_id: UUID | None = None
        by: UUID

        def apply(self, attestation: Attestation) -> None:
            attestation.supplier_id, attestation.subject_id = self.supplier_id, self.subject_id
            attestation.type, attestation.document, attestation.given_by = self.type, self.document, self.by
            attestation.state, attestation.renewal_asked = AttestationState.GIVEN, frozenset()

    class Verified(Event):
        """Someone other than the uploader checked it, and how."""

        how: str
        covers_subject: Coverage
        opinion: Opinion
        by: UUID

        def apply(self, attestation: Attestation) -> None:
            attestation.state = AttestationState.VERIFIED

    class Rejected(Event):
        """It does not prove what it should."""

        reason: str
        by: UUID

        def apply(self, attestation: Attestation) -> None:
            attestation.state = AttestationState.REJECTED

    class RenewalRequested(Event):
        """Its end is near (`days_left`, 0 = last day); the vendor is asked for a new one."""

        days_left: int

        def apply(self, attestation: Attestation) -> None:
            attestation.renewal_asked = attestation.renewal_asked | {self.days_left}

    class RenewalReminderSent(Event):
        """The letter that asks for renewal left us."""

        days_left: int
        letter: str

    class Renewed(Event):
        """A newer document took its place; it has to be verified again."""

        document: Document
        by: UUID

        def apply(self, attestation: Attestation) -> None:
            attestation.document, attestation.given_by = self.document, self.by
            attestation.state, attestation.renewal_asked = AttestationState.GIVEN, frozenset()

    class Lapsed(Event):
        """Its validity ended without renewal."""

        def apply(self, attestation: Attestation) -> None:
            attestation.state = AttestationState.LAPSED

    class Revoked(Event):
        """Issuer or vendor took it back; it counts as expired at once."""

        reason: str
        by: UUID

        def apply(self, attestation: Attestation) -> None:
            attestation.state = AttestationState.REVOKED

    supplier_id: UUID
    subject_id: UUID | None
    type: str
    document: Document
    given_by: UUID
    state: AttestationState
    renewal_asked: frozenset[int]

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

    def lapse(self, *, at: datetime) -> None:
        """Note that the last day of validity has passed."""
        until = self.document.valid_until
        if self.state not in IN_FORCE or until is None or at.date() <= until:
            raise Ignored
        self.record(self.Lapsed, at=at)

    def revoke(self, *, reason: str, by: UUID, at: datetime) -> None:
        self._in_force()
        self.record(self.Revoked, reason=said(reason), by=by, at=at)

    def _in_force(self) -> None:
        if self.state not in IN_FORCE:
            raise AttestationEnded


def in_order(document: Document) -> Document:
    """The document, when its days of validity are in order."""
    if document.valid_until is not None and document.valid_until < document.valid_from:
        raise DatesOutOfOrder
    return document
