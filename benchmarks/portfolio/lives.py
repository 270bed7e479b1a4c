"""What suppliers live through: proposed only, rated, attested, asked, or asked, answered and decided."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID, uuid4

from benchmarks.portfolio.answers import answered
from benchmarks.portfolio.office import LEGAL, OWNER, RISK, MemoryOffice
from suppliers.assurance import GiveAttestation, VerifyAttestation
from suppliers.attestation import Document
from suppliers.data_source import SourceDetails
from suppliers.diligence import NoteQuestionnaireSent, OpenAssessment, SendQuestionnaire
from suppliers.eu_ai_act import Screening, classify
from suppliers.factors import HIGHEST, Factor
from suppliers.governance import DecideReview, TableReview
from suppliers.intake import ConfirmClass, DescribeUse
from suppliers.inventory import RegisterDataSource, RegisterVendorModel
from suppliers.onboarding import ContactDetails, ProposeSupplier
from suppliers.ports import SYSTEM
from suppliers.review import Outcome, Pack
from suppliers.supplier import SupplierDetails
from suppliers.use import Fact, Intake, SubjectKind
from suppliers.vendor_model import ModelDetails

NAME, SITE, NUMBER, CONTACT, MAIL = (
    "Template Name",
    "https://template.example",
    "HRB 000000",
    "Template Person",
    "template",
)
"""What is different for every supplier that lives a life again."""

Life = Callable[[MemoryOffice, int], Awaitable[UUID]]
"""`score` 0 to 4 says how much is at stake."""


async def proposed(office: MemoryOffice, score: int) -> UUID:
    details = SupplierDetails(
        name=NAME, legal_name=f"{NAME} GmbH", country="DE", website=SITE, registration_number=NUMBER
    )
    command = ProposeSupplier(
        details=details,
        contact=ContactDetails(name=CONTACT, email=f"{MAIL}@template.example"),
        owner=OWNER,
        sanctions_clean=score > 0,
    )
    await office.issue(command)
    return command.supplier_id


async def rated(office: MemoryOffice, score: int) -> UUID:
    """A model in use; its use is returned. Legal has not come to the weightiest yet."""
    use = await _use_of_model(office, await proposed(office, max(score, 1)), score)
    if score < HIGHEST:
        await office.issue(ConfirmClass(use_id=use), LEGAL)
    return use


async def broad(office: MemoryOffice, score: int) -> UUID:
    """Two models, a data source and three uses."""
    supplier = await proposed(office, max(score, 1))
    model = await _use_of_model(office, supplier, score)
    source = RegisterDataSource(supplier_id=supplier, details=SourceDetails(name="News corpus", licence="CC BY 4.0"))
    await office.issue(source)
    data = await _use(office, source.source_id, SubjectKind.DATA_SOURCE, 1)
    second = await _use_of_model(office, supplier, max(0, score - 1))
    for use in (model, data, second):
        await office.issue(ConfirmClass(use_id=use), LEGAL)
    return second


async def attested(office: MemoryOffice, score: int) -> UUID:
    use = await rated(office, score)
    await _attest(office, score)
    return use


async def _attest(office: MemoryOffice, score: int) -> None:
    supplier = (await office.log())[0].originator_id
    for type, days in (("iso27001", 300), ("soc2_type2", 40), ("iso42001", 500)):
        today = office.today.date()
        document = Document(issuer="Example Cert", valid_from=today, valid_until=today + timedelta(days=days))
        command = GiveAttestation(supplier_id=supplier, type=type, document=document)
        await office.issue(command)
        if score < HIGHEST:
            how = "Looked up in the issuer's register"
            await office.issue(VerifyAttestation(attestation_id=command.attestation_id, how=how), RISK)


async def asked(office: MemoryOffice, score: int) -> UUID:
    """The questionnaire is with the vendor; the assessment is returned."""
    return await _ask(office, await rated(office, score))


async def _ask(office: MemoryOffice, use: UUID) -> UUID:
    command = OpenAssessment(use_id=use)
    office.pass_days(100)
    await office.issue(command)
    await office.issue(SendQuestionnaire(assessment_id=command.assessment_id))
    sent = NoteQuestionnaireSent(assessment_id=command.assessment_id, link=1, letter=str(uuid4()))
    await office.issue(sent, SYSTEM)
    return command.assessment_id


async def decided(office: MemoryOffice, score: int) -> UUID:
    """Answered in full, reviewed, and approved by the council."""
    return await _decide(office, await asked(office, score))


async def grown(office: MemoryOffice, score: int) -> UUID:
    """Five subjects and as many uses over some months, with attestations."""
    await broad(office, score)
    supplier = (await office.log())[0].originator_id
    use = supplier
    for days in (30, 45):
        office.pass_days(days)
        use = await _use_of_model(office, supplier, min(score, HIGHEST - 1))
        await office.issue(ConfirmClass(use_id=use), LEGAL)
    office.pass_days(12)
    await _attest(office, score)
    return use


async def audited(office: MemoryOffice, score: int) -> UUID:
    """The same, and one of the uses was asked about, reviewed and approved."""
    return await _decide(office, await _ask(office, await grown(office, score)))


async def _decide(office: MemoryOffice, assessment: UUID) -> UUID:
    use_id = await answered(office, assessment)
    pack = Pack(
        position=1, policy="v1", tier=2, band="moderate", residual=30.0, confidence=0.7, within_appetite=True,
        why="Residual risk is moderate; the weakest domain is transparency.",
    )  # fmt: skip
    table = TableReview(use_id=use_id, question="May we use it for claims extraction?", pack=pack)
    await office.issue(table, RISK)
    office.pass_days(5)
    reasons = "The evidence covers the domains that matter for this use."
    decide = DecideReview(review_id=table.review_id, outcome=Outcome.APPROVE, reasons=reasons, current=pack)
    await office.issue(decide, LEGAL)
    return use_id


async def _use_of_model(office: MemoryOffice, supplier: UUID, score: int) -> UUID:
    details = ModelDetails(name="Extract 2", version="2.1", hosting_region="EU")
    model = RegisterVendorModel(supplier_id=supplier, details=details)
    await office.issue(model)
    return await _use(office, model.model_id, SubjectKind.VENDOR_MODEL, score)


async def _use(office: MemoryOffice, subject: UUID, kind: SubjectKind, score: int) -> UUID:
    facts: dict[str, Fact] = {
        "intake.supply_kind": "model_api",
        "intake.data_classes": ["internal"],
        "intake.eu_nexus": True,
        "intake.agentic": False,
        "intake.customer_facing": score > 2,
    }
    screening = Screening(
        in_scope=True, prohibited_practice=False, annex_i_with_third_party_assessment=False, annex_iii_area=False
    )
    command = DescribeUse(
        subject_id=subject,
        subject_kind=kind,
        title="Claims extraction",
        purpose="Reads incoming claims and proposes what they are about.",
        intake=Intake(facts=facts, factors={factor.value: score for factor in Factor}),
        classification=classify(screening),
    )
    await office.issue(command)
    return command.use_id
