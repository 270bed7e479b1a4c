"""A supplier's life: what each step needs, and what it refuses."""

from __future__ import annotations

from uuid import uuid4

from desk import AUDITOR, LEGAL, PROCUREMENT, RISK, SECURITY, MemoryDesk, refused
from story import OWNER, onboarded
from suppliers.errors import (
    AlreadySuspended,
    ContactMissing,
    ExitIncomplete,
    Ignored,
    NotEntitled,
    OwnerMissing,
    ReasonMissing,
    SanctionsUnclear,
    StaleWrite,
    WrongStanding,
)
from suppliers.governance import LapseSuspension
from suppliers.onboarding import (
    AssignOwner,
    CheckSanctions,
    CompleteOffboarding,
    ContactDetails,
    DeclineSupplier,
    NameContact,
    ProposeAgain,
    ProposeSupplier,
    ReinstateSupplier,
    StartOffboarding,
    StartOnboarding,
    SuspendSupplier,
)
from suppliers.person import Person
from suppliers.ports import SYSTEM
from suppliers.supplier import Standing, Supplier, SupplierDetails


def approved(desk: MemoryDesk) -> Supplier:
    supplier = desk.get(Supplier, onboarded(desk))
    supplier.approve(review_id=uuid4(), conditional=False, at=desk.now)
    return supplier


def test_a_complete_proposal_starts_onboarding_at_once(desk: MemoryDesk) -> None:
    supplier = desk.get(Supplier, onboarded(desk))
    assert supplier.standing is Standing.ONBOARDING
    assert supplier.owner == OWNER
    assert supplier.contact is not None
    assert desk.get(Person, supplier.contact).email == "priya@northwind.example"


def test_onboarding_needs_a_contact_an_owner_and_a_clean_sanctions_check(desk: MemoryDesk) -> None:
    proposal = ProposeSupplier(details=SupplierDetails(name="Ferro Vision"))
    desk.hand_in(proposal)
    start = StartOnboarding(supplier_id=proposal.supplier_id)
    with refused(ContactMissing, desk):
        desk.hand_in(start)
    contact = ContactDetails(name="Tom", email="tom@ferro.example")
    desk.hand_in(NameContact(supplier_id=proposal.supplier_id, contact=contact))
    with refused(OwnerMissing, desk):
        desk.hand_in(start)
    desk.hand_in(AssignOwner(supplier_id=proposal.supplier_id, owner=OWNER))
    with refused(SanctionsUnclear, desk):
        desk.hand_in(start)
    desk.hand_in(CheckSanctions(supplier_id=proposal.supplier_id, clean=False, note="A near match."))
    with refused(SanctionsUnclear, desk):
        desk.hand_in(start)
    desk.hand_in(CheckSanctions(supplier_id=proposal.supplier_id, clean=True))
    assert desk.hand_in(start) == ["Supplier.OnboardingStarted"]


def test_an_auditor_changes_nothing(desk: MemoryDesk) -> None:
    with refused(NotEntitled, desk):
        desk.hand_in(ProposeSupplier(details=SupplierDetails(name="X")), by=AUDITOR)


def test_a_decision_on_an_older_version_is_refused(desk: MemoryDesk) -> None:
    supplier_id = onboarded(desk)
    with refused(StaleWrite, desk):
        desk.hand_in(DeclineSupplier(supplier_id=supplier_id, reason="No need.", expected_version=1))


def test_declining_needs_a_reason_and_ends_onboarding(desk: MemoryDesk) -> None:
    supplier_id = onboarded(desk)
    with refused(ReasonMissing, desk):
        desk.hand_in(DeclineSupplier(supplier_id=supplier_id, reason="  "))
    desk.hand_in(DeclineSupplier(supplier_id=supplier_id, reason="Withdrew."))
    assert desk.get(Supplier, supplier_id).standing is Standing.DECLINED
    desk.hand_in(ProposeAgain(supplier_id=supplier_id, reason="They came back."))
    assert desk.get(Supplier, supplier_id).standing is Standing.PROPOSED
    assert not desk.get(Supplier, supplier_id).sanctions_clean


def test_only_security_or_risk_suspends_and_only_once(desk: MemoryDesk) -> None:
    supplier = approved(desk)
    order = SuspendSupplier(supplier_id=supplier.id, reason="Undisclosed breach")
    with refused(NotEntitled, desk):
        desk.hand_in(order, by=PROCUREMENT)
    assert desk.hand_in(order, by=SECURITY) == ["Supplier.Suspended"]
    with refused(AlreadySuspended, desk):
        desk.hand_in(order, by=RISK)


def test_an_emergency_suspension_lapses_after_72_hours_without_the_council(desk: MemoryDesk) -> None:
    supplier = approved(desk)
    desk.hand_in(SuspendSupplier(supplier_id=supplier.id, reason="Breach"), by=SECURITY)
    desk.pass_days(2.9)
    with refused(Ignored, desk):
        desk.hand_in(LapseSuspension(supplier_id=supplier.id), by=SYSTEM)
    desk.pass_days(0.1)
    desk.hand_in(LapseSuspension(supplier_id=supplier.id), by=SYSTEM)
    assert supplier.standing is Standing.APPROVED


def test_a_ratified_suspension_stays_until_reinstated(desk: MemoryDesk) -> None:
    supplier = approved(desk)
    desk.hand_in(SuspendSupplier(supplier_id=supplier.id, reason="Breach"), by=SECURITY)
    supplier.ratify_suspension(review_id=uuid4(), at=desk.now)
    desk.pass_days(10)
    with refused(Ignored, desk):
        desk.hand_in(LapseSuspension(supplier_id=supplier.id), by=SYSTEM)
    desk.hand_in(ReinstateSupplier(supplier_id=supplier.id, reason="Root cause closed"), by=LEGAL)
    assert supplier.standing is Standing.APPROVED


def test_leaving_ends_only_with_access_removed_and_data_certified(desk: MemoryDesk) -> None:
    supplier = approved(desk)
    with refused(WrongStanding, desk):
        desk.hand_in(CompleteOffboarding(supplier_id=supplier.id, access_removed=True, certificate="Letter"))
    desk.hand_in(StartOffboarding(supplier_id=supplier.id, exit_plan="Move to the in-house model"))
    with refused(ExitIncomplete, desk):
        desk.hand_in(CompleteOffboarding(supplier_id=supplier.id, access_removed=False, certificate="Letter"))
    desk.hand_in(CompleteOffboarding(supplier_id=supplier.id, access_removed=True, certificate="Letter of 3 March"))
    assert supplier.standing is Standing.OFFBOARDED
