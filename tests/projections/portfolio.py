"""A small portfolio with everything in it, written by the domain's own commands."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import story
from desk import ADMIN, LEGAL, RISK, SECURITY
from suppliers.assessment import Verdict
from suppliers.assurance import GiveAttestation, LapseAttestation, RenewAttestation, RequestRenewal, VerifyAttestation
from suppliers.attestation import Document
from suppliers.diligence import (
    ExtendDeadline,
    MarkOverdue,
    NoteQuestionnaireSent,
    NoteReminderSent,
    RemindVendor,
    ReturnAssessment,
    ReviewAnswer,
    WithdrawAssessment,
)
from suppliers.governance import DecideReview, MeetCondition, ReassessPosture, TableReview
from suppliers.intake import ConfirmClass, OverrideTier, RetireUse
from suppliers.inventory import AdoptVersion, AnnounceVersion, MoveHosting, ReceiveRelease, RetireModel
from suppliers.onboarding import CorrectSupplier, SuspendSupplier
from suppliers.people import EndAccess, ErasePerson, GrantRole, RegisterStaff, VerifyAddress
from suppliers.ports import SYSTEM, Role
from suppliers.review import Condition, Outcome, Pack
from suppliers.supplier import SupplierDetails
from suppliers.use import SubjectKind, Use
from tests.projections.log import Log

DAY = timedelta(days=1)


def told() -> Log:
    """A year of three suppliers."""
    log = Log()
    people(log)
    approved_and_suspended(log)
    in_conversation(log)
    with_data(log)
    return log


def people(log: Log) -> UUID:
    """Two colleagues, one of whom leaves and is forgotten."""
    stays = RegisterStaff(name="Ada Stays", email="ada@example.org", roles=frozenset({Role.LEGAL}))
    goes = RegisterStaff(name="Bob Goes", email="Bob@example.org", roles=frozenset({Role.AUDITOR}))
    for command in (stays, goes, GrantRole(person_id=stays.person_id, role=Role.RISK_MANAGER)):
        log.hand_in(command, by=ADMIN)
    log.hand_in(VerifyAddress(person_id=stays.person_id), by=SYSTEM)
    log.hand_in(EndAccess(person_id=goes.person_id, reason="left"), by=ADMIN)
    log.hand_in(ErasePerson(person_id=goes.person_id, reason="asked for it"), by=ADMIN)
    return goes.person_id


def approved_and_suspended(log: Log) -> UUID:
    """Assessed, approved with a condition, attested, aged, suspended."""
    supplier = story.onboarded(log)
    use = story.with_use(log, supplier, score=3)
    story.closed(log, use)
    attestation = attest(log, supplier, "iso27001", days=800)
    log.hand_in(VerifyAttestation(attestation_id=attestation, how="Register look-up"), by=LEGAL)
    review = decide(log, use)
    log.pass_days(20)
    log.hand_in(MeetCondition(review_id=review, index=0, evidence="Plan received"), by=LEGAL)
    log.pass_days(100)
    log.hand_in(ReassessPosture(use_id=use, on=log.today()), by=SYSTEM)
    log.hand_in(SuspendSupplier(supplier_id=supplier, reason="A breach"), by=SECURITY)
    return supplier


def decide(log: Log, use_id: UUID) -> UUID:
    """Approved under one condition."""
    pack = Pack(position=1, policy="p@1", tier=3, band="watch", residual=30.0, confidence=0.8, within_appetite=True)
    table = TableReview(use_id=use_id, question="May we?", pack=pack)
    log.hand_in(table)
    condition = Condition(text="Send a plan", owner=RISK.id, due_on=log.today() + 30 * DAY)
    log.hand_in(
        DecideReview(
            review_id=table.review_id,
            outcome=Outcome.CONDITIONAL,
            reasons="Good enough with a plan",
            conditions=(condition,),
            current=pack,
        ),
        by=LEGAL,
    )
    return table.review_id


def attest(log: Log, supplier_id: UUID, type: str, *, days: int, subject_id: UUID | None = None) -> UUID:
    """An attestation valid from today."""
    valid = Document(issuer="Auditor", valid_from=log.today(), valid_until=log.today() + days * DAY)
    command = GiveAttestation(supplier_id=supplier_id, subject_id=subject_id, type=type, document=valid)
    log.hand_in(command)
    return command.attestation_id


def in_conversation(log: Log) -> UUID:
    """Answers returned, another round withdrawn, a reminder, more time, a late one."""
    supplier = story.onboarded(log)
    log.hand_in(
        CorrectSupplier(supplier_id=supplier, details=SupplierDetails(name="Contoso Speech GmbH", country="DE"))
    )
    use = story.with_use(log, supplier, score=2)
    log.hand_in(ConfirmClass(use_id=use), by=LEGAL)
    log.hand_in(OverrideTier(use_id=use, tier=1, reason="It matters"), by=RISK)
    assessment = story.submitted(log, use)
    review = ReviewAnswer(assessment_id=assessment, question="ORG-01", verdict=Verdict.WEAK, reason="Thin")
    log.hand_in(review, by=LEGAL)
    back = ReturnAssessment(assessment_id=assessment, reason="Unclear", due_on=log.today() + 10 * DAY)
    log.hand_in(back, by=LEGAL)
    late = story.sent(log, story.with_use(log, supplier))
    log.hand_in(NoteQuestionnaireSent(assessment_id=late, link=1, letter="l1"), by=SYSTEM)
    log.pass_days(7)
    log.hand_in(RemindVendor(assessment_id=late, step="sent+7"), by=SYSTEM)
    log.hand_in(NoteReminderSent(assessment_id=late, step="sent+7", letter="l2"), by=SYSTEM)
    due = log.today() + 30 * DAY
    log.hand_in(ExtendDeadline(assessment_id=late, due_on=due, reason="Holidays"))
    log.pass_days(31)
    log.hand_in(MarkOverdue(assessment_id=late), by=SYSTEM)
    log.hand_in(WithdrawAssessment(assessment_id=assessment, reason="Another round instead"))
    return supplier


def with_data(log: Log) -> UUID:
    """A data source with a delivery, a model with versions, an attestation that lapses and is renewed."""
    supplier = story.onboarded(log)
    use = story.with_use(log, supplier, kind=SubjectKind.DATA_SOURCE)
    source = log.get(Use, use).subject_id
    log.hand_in(ReceiveRelease(source_id=source, release="2026-05", received_on=log.today()))
    model_use = story.with_use(log, supplier, score=1)
    model = log.get(Use, model_use).subject_id
    story.closed(log, model_use)
    log.pass_days(1)
    log.hand_in(AnnounceVersion(model_id=model, version="3"))
    log.hand_in(AdoptVersion(model_id=model, version="3"))
    log.hand_in(MoveHosting(model_id=model, hosting_region="EU"))
    attestation = attest(log, supplier, "pentest", days=30, subject_id=model)
    log.pass_days(24)
    log.hand_in(RequestRenewal(attestation_id=attestation, days_left=7), by=SYSTEM)
    log.pass_days(8)
    log.hand_in(LapseAttestation(attestation_id=attestation), by=SYSTEM)
    valid = Document(issuer="Auditor", valid_from=log.today(), valid_until=log.today() + 200 * DAY)
    log.hand_in(RenewAttestation(attestation_id=attestation, document=valid))
    log.hand_in(RetireUse(use_id=use, reason="Not needed"))
    log.hand_in(RetireModel(model_id=model, reason="Replaced"))
    return supplier
