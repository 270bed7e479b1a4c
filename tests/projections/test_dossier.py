"""The dossier: what a supplier offers, what for, what it attested, what was decided."""

from __future__ import annotations

from uuid import UUID, uuid4

import asyncpg
import pytest

import story
from desk import LEGAL
from projections import dossier
from projections.dossier import Dossier
from projections.view import fold
from suppliers.assurance import RejectAttestation, RenewAttestation, VerifyAttestation
from suppliers.attestation import AttestationState, Document
from suppliers.eu_ai_act import EuClass, Screening, classify
from suppliers.governance import MeetCondition
from suppliers.intake import ClassifyUse, ConfirmClass, OverrideTier
from suppliers.inventory import AdoptVersion, AnnounceVersion, MoveHosting
from suppliers.review import Outcome
from suppliers.use import Use, UseState
from tests.projections.log import Log
from tests.projections.portfolio import DAY, attest, decide


@pytest.fixture
def use(log: Log) -> UUID:
    return story.with_use(log, story.onboarded(log))


def dossier_of(log: Log, use_id: UUID) -> Dossier:
    return fold(dossier.VIEW, log.facts)[str(log.get(Use, use_id).supplier_id)]


def test_a_model_shows_its_versions_and_the_one_in_use(log: Log, use: UUID) -> None:
    model = log.get(Use, use).subject_id
    log.pass_days(1)
    log.hand_in(AnnounceVersion(model_id=model, version="3"))
    log.hand_in(AdoptVersion(model_id=model, version="3"))
    log.hand_in(MoveHosting(model_id=model, hosting_region="EU"))
    entry = dossier_of(log, use).models[str(model)]
    assert (entry.adopted, entry.details.hosting_region) == ("3", "EU")
    assert [each.version for each in entry.versions] == ["2.1", "3"]
    assert entry.versions[1].adopted_at == log.now
    assert entry.version == log.held[model].version


def test_a_class_recorded_anew_has_to_be_confirmed_anew(log: Log, use: UUID) -> None:
    assert dossier_of(log, use).uses[str(use)].to_confirm
    log.hand_in(ConfirmClass(use_id=use), by=LEGAL)
    entry = dossier_of(log, use).uses[str(use)]
    assert (entry.to_confirm, entry.class_confirmed_by) == (False, LEGAL.id)
    log.hand_in(ClassifyUse(use_id=use, classification=classify(Screening(in_scope=True))), by=LEGAL)
    entry = dossier_of(log, use).uses[str(use)]
    assert entry.to_confirm
    assert entry.classification is not None
    assert entry.classification.eu_class is EuClass.UNCLASSIFIED


def test_a_tier_that_somebody_set_says_why_and_until_when(log: Log, use: UUID) -> None:
    until = log.today() + 90 * DAY
    log.hand_in(OverrideTier(use_id=use, tier=4, reason="Pilot only", expires_on=until), by=LEGAL)
    entry = dossier_of(log, use).uses[str(use)]
    assert (entry.tier, entry.tier_reason, entry.tier_by, entry.tier_until) == (4, "Pilot only", LEGAL.id, until)


def test_a_use_is_where_the_aggregate_says_it_is(log: Log, use: UUID) -> None:
    story.closed(log, use)
    assert dossier_of(log, use).uses[str(use)].state is UseState.READY
    review = decide(log, use)
    entry, aggregate = dossier_of(log, use).uses[str(use)], log.get(Use, use)
    assert (entry.state, entry.approved_until, entry.review_id) == (aggregate.state, aggregate.approved_until, review)
    assert entry.version == aggregate.version


def test_a_decision_counts_its_conditions(log: Log, use: UUID) -> None:
    story.closed(log, use)
    review = decide(log, use)
    log.hand_in(MeetCondition(review_id=review, index=0, evidence="Here"), by=LEGAL)
    entry = dossier_of(log, use).decisions[str(review)]
    assert (entry.outcome, entry.decided_by) == (Outcome.CONDITIONAL, LEGAL.id)
    assert (entry.conditions, entry.conditions_met, entry.conditions_missed) == (1, 1, 0)


def test_a_renewed_attestation_has_to_be_verified_again(log: Log, use: UUID) -> None:
    attestation = attest(log, log.get(Use, use).supplier_id, "iso27001", days=300)
    log.hand_in(VerifyAttestation(attestation_id=attestation, how="Register"), by=LEGAL)
    entry = dossier_of(log, use).attestations[str(attestation)]
    assert (entry.state, entry.how, entry.verified_by) == (AttestationState.VERIFIED, "Register", LEGAL.id)
    assert entry.title == "ISO/IEC 27001 certificate"
    valid = Document(issuer="Auditor", valid_from=log.today(), valid_until=log.today() + 500 * DAY)
    log.hand_in(RenewAttestation(attestation_id=attestation, document=valid))
    entry = dossier_of(log, use).attestations[str(attestation)]
    assert (entry.to_verify, entry.verified_by, entry.how) == (True, None, "")
    log.hand_in(RejectAttestation(attestation_id=attestation, reason="Another scope"), by=LEGAL)
    assert dossier_of(log, use).attestations[str(attestation)].reason == "Another scope"


def test_attestations_about_a_subject_include_those_of_the_supplier(log: Log, use: UUID) -> None:
    supplier, model = log.get(Use, use).supplier_id, log.get(Use, use).subject_id
    attest(log, supplier, "iso27001", days=300)
    attest(log, supplier, "pentest", days=300, subject_id=model)
    attest(log, supplier, "pentest", days=300, subject_id=uuid4())
    row = dossier_of(log, use)
    assert [each.type for each in row.about(model)] == ["iso27001", "pentest"]
    subject = row.subject(model)
    assert subject is not None
    assert row.names[model] == subject.name == "Extract 2"
    assert row.subject(None) is None


async def test_a_dossier_is_found_by_anything_in_it(shelf: asyncpg.Pool, told: Log) -> None:
    for row in fold(dossier.VIEW, told.facts).values():
        assert await dossier.of(shelf, row.supplier_id) == row
        for id in (*row.models, *row.data_sources, *row.uses, *row.attestations):
            assert await dossier.holding(shelf, UUID(id)) == row
    assert await dossier.holding(shelf, uuid4()) is None


async def test_what_waits_for_a_confirmation_or_a_check_is_listed(shelf: asyncpg.Pool) -> None:
    confirm = await dossier.to_confirm(shelf)
    assert confirm
    assert all(each.use is not None and each.use.to_confirm and each.supplier_name for each in confirm)
    [verify] = await dossier.to_verify(shelf)
    assert verify.attestation is not None
    assert verify.attestation.type == "pentest"
