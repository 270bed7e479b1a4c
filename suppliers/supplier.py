"""A supplier: from proposal through approval to the end of the relationship."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from suppliers.aggregate import Aggregate, Created
from suppliers.errors import (
    AlreadySuspended,
    ContactMissing,
    ExitIncomplete,
    Ignored,
    OwnerMissing,
    ReasonMissing,
    SanctionsUnclear,
    WrongStanding,
)
from suppliers.word import Word

RATIFICATION = timedelta(hours=72)
"""An emergency suspension lapses unless the council ratifies it within this time (domain reference, 8.1)."""


class Standing(Word):
    """Where a supplier stands with us."""

    PROPOSED = "proposed"
    ONBOARDING = "onboarding"
    APPROVED = "approved"
    CONDITIONAL = "approved_with_conditions"
    DECLINED = "declined"
    SUSPENDED = "suspended"
    OFFBOARDING = "offboarding"
    OFFBOARDED = "offboarded"


IN_SERVICE = frozenset({Standing.APPROVED, Standing.CONDITIONAL})
OPEN = IN_SERVICE | {Standing.PROPOSED, Standing.ONBOARDING, Standing.SUSPENDED}


class SupplierDetails(BaseModel):
    """What identifies a supplier. `country` is an ISO 3166-1 alpha-2 code."""

    model_config = ConfigDict(frozen=True)

    name: str
    legal_name: str = ""
    country: str = ""
    website: str = ""
    registration_number: str = ""


class Supplier(Aggregate):
    """A company that sells us AI models or data."""

    class Event(Aggregate.Event):
        """A fact about a supplier."""

    class Proposed(Event, Created):
        """Someone wants to buy from this supplier."""

        details: SupplierDetails
        by: UUID

        def apply(self, supplier: Supplier) -> None:
            supplier.details, supplier.proposed_by = self.details, self.by
            supplier.standing, supplier.since = Standing.PROPOSED, self.timestamp
            supplier.owner = supplier.contact = supplier.before_suspension = supplier.ratify_by = None
            supplier.sanctions_clean = False

    class DetailsCorrected(Event):
        """Name, register number or place were corrected."""

        details: SupplierDetails
        by: UUID

        def apply(self, supplier: Supplier) -> None:
            supplier.details = self.details

    class OwnerAssigned(Event):
        """Someone here owns the relationship."""

        owner: UUID
        by: UUID

        def apply(self, supplier: Supplier) -> None:
            supplier.owner = self.owner

    class ContactNamed(Event):
        """Someone there answers our questions."""

        contact: UUID
        by: UUID

        def apply(self, supplier: Supplier) -> None:
            supplier.contact = self.contact

    class SanctionsChecked(Event):
        """The supplier was held against the sanctions lists."""

        clean: bool
        note: str
        by: UUID

        def apply(self, supplier: Supplier) -> None:
            supplier.sanctions_clean = self.clean

    class _Moved(Event):
        """Base of facts that change the standing."""

        def move(self, supplier: Supplier, standing: Standing) -> None:
            supplier.standing, supplier.since = standing, self.timestamp

    class OnboardingStarted(_Moved):
        """Due diligence may begin."""

        by: UUID

        def apply(self, supplier: Supplier) -> None:
            self.move(supplier, Standing.ONBOARDING)

    class Approved(_Moved):
        """The council approved a use of this supplier."""

        review_id: UUID

        def apply(self, supplier: Supplier) -> None:
            self.move(supplier, Standing.APPROVED)

    class ApprovedWithConditions(_Moved):
        """The council approved a use of this supplier under conditions."""

        review_id: UUID

        def apply(self, supplier: Supplier) -> None:
            self.move(supplier, Standing.CONDITIONAL)

    class Declined(_Moved):
        """We do not buy from this supplier."""

        reason: str
        by: UUID

        def apply(self, supplier: Supplier) -> None:
            self.move(supplier, Standing.DECLINED)

    class Suspended(_Moved):
        """New use of the supplier was stopped; lapses at `ratify_by` unless the council ratifies it."""

        reason: str
        by: UUID
        ratify_by: datetime | None

        def apply(self, supplier: Supplier) -> None:
            supplier.before_suspension, supplier.ratify_by = supplier.standing, self.ratify_by
            self.move(supplier, Standing.SUSPENDED)

    class SuspensionRatified(Event):
        """The council confirmed the suspension."""

        review_id: UUID

        def apply(self, supplier: Supplier) -> None:
            supplier.ratify_by = None

    class SuspensionLapsed(_Moved):
        """Nobody ratified the emergency suspension in time."""

        def apply(self, supplier: Supplier) -> None:
            supplier.resume(self.timestamp)

    class Reinstated(_Moved):
        """The cause of the suspension is closed."""

        reason: str
        by: UUID

        def apply(self, supplier: Supplier) -> None:
            supplier.resume(self.timestamp)

    class OffboardingStarted(_Moved):
        """We are leaving this supplier."""

        exit_plan: str
        by: UUID

        def apply(self, supplier: Supplier) -> None:
            self.move(supplier, Standing.OFFBOARDING)

    class Offboarded(_Moved):
        """The relationship ended; access is removed, our data returned or deleted."""

        certificate: str
        by: UUID

        def apply(self, supplier: Supplier) -> None:
            self.move(supplier, Standing.OFFBOARDED)

    class Reproposed(_Moved):
        """After an end or a refusal, someone wants to buy from this supplier again."""

        reason: str
        by: UUID

        def apply(self, supplier: Supplier) -> None:
            self.move(supplier, Standing.PROPOSED)
            supplier.sanctions_clean = False

    details: SupplierDetails
    proposed_by: UUID
    standing: Standing
    since: datetime
    owner: UUID | None
    contact: UUID | None
    sanctions_clean: bool
    before_suspension: Standing | None
    ratify_by: datetime | None

    @classmethod
    def propose(cls, *, id: UUID, details: SupplierDetails, by: UUID, at: datetime) -> Supplier:
        """Start with a supplier nobody has looked at yet."""
        return cls._create(cls.Proposed, id=id, details=details, by=by, timestamp=at)

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

    def start_onboarding(self, *, by: UUID, at: datetime) -> None:
        """Begin due diligence: needs a contact, an owner and a clean sanctions check."""
        self._from(Standing.PROPOSED)
        if self.contact is None:
            raise ContactMissing
        if self.owner is None:
            raise OwnerMissing
        if not self.sanctions_clean:
            raise SanctionsUnclear
        self.record(self.OnboardingStarted, by=by, at=at)

    def approve(self, *, review_id: UUID, conditional: bool, at: datetime) -> None:
        """Follow a council's approval of one of this supplier's uses."""
        self._from(Standing.ONBOARDING, *IN_SERVICE)
        wanted = Standing.CONDITIONAL if conditional else Standing.APPROVED
        if self.standing is wanted:
            return
        self.record(self.ApprovedWithConditions if conditional else self.Approved, review_id=review_id, at=at)

    def decline(self, *, reason: str, by: UUID, at: datetime) -> None:
        self._from(Standing.PROPOSED, Standing.ONBOARDING)
        self.record(self.Declined, reason=said(reason), by=by, at=at)

    def suspend(self, *, reason: str, by: UUID, ratified: bool, at: datetime, noted: datetime | None = None) -> None:
        """Stop new use of this supplier; without the council's decision only until it ratifies or 72 h pass.

        `noted` is now, when `at` is an earlier day: the council has its hours from then.
        """
        if self.standing is Standing.SUSPENDED:
            raise AlreadySuspended
        self._from(*IN_SERVICE)
        ratify_by = None if ratified else (noted or at) + RATIFICATION
        self.record(self.Suspended, reason=said(reason), by=by, ratify_by=ratify_by, at=at)

    def ratify_suspension(self, *, review_id: UUID, at: datetime) -> None:
        self._from(Standing.SUSPENDED)
        if self.ratify_by is None:
            raise Ignored
        self.record(self.SuspensionRatified, review_id=review_id, at=at)

    def lapse_suspension(self, *, at: datetime) -> None:
        if self.standing is not Standing.SUSPENDED or self.ratify_by is None or at < self.ratify_by:
            raise Ignored
        self.record(self.SuspensionLapsed, at=at)

    def reinstate(self, *, reason: str, by: UUID, at: datetime) -> None:
        self._from(Standing.SUSPENDED)
        self.record(self.Reinstated, reason=said(reason), by=by, at=at)

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

    def resume(self, since: datetime) -> None:
        """Return to the standing before the suspension (called by events)."""
        self.standing, self.since = self.before_suspension or Standing.ONBOARDING, since
        self.before_suspension = self.ratify_by = None

    def _from(self, *standings: Standing) -> None:
        if self.standing not in standings:
            raise WrongStanding


def said(reason: str) -> str:
    """A reason somebody really gave, trimmed; an empty one is refused."""
    if not reason.strip():
        raise ReasonMissing
    return reason.strip()
