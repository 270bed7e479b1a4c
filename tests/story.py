"""Steps of the usual story, for tests that begin in its middle."""

from __future__ import annotations

from uuid import UUID, uuid4

from desk import LEGAL, RISK, TODAY, VENDOR, MemoryDesk
from suppliers.answering import AttachEvidence, BeginAnswering, RecordAnswer, SubmitAnswers
from suppliers.assessment import Assessment
from suppliers.data_source import SourceDetails
from suppliers.diligence import AcceptAnswers, CloseAssessment, OpenAssessment, ReviewAnswer, SendQuestionnaire
from suppliers.eu_ai_act import Screening, classify
from suppliers.factors import Factor
from suppliers.intake import DescribeUse
from suppliers.inventory import RegisterDataSource, RegisterVendorModel
from suppliers.onboarding import ContactDetails, ProposeSupplier
from suppliers.questionnaires.course import missing
from suppliers.questionnaires.library import library
from suppliers.questionnaires.model import AnswerType, Question
from suppliers.questions import questionnaire_of
from suppliers.supplier import SupplierDetails
from suppliers.use import Intake, SubjectKind
from suppliers.vendor_model import ModelDetails

OWNER = uuid4()
FACTS = {
    "intake.supply_kind": "model_api",
    "intake.data_classes": ["internal"],
    "intake.eu_nexus": True,
    "intake.agentic": False,
    "intake.customer_facing": False,
}


def onboarded(desk: MemoryDesk, *, owner: UUID = OWNER) -> UUID:
    """A supplier in onboarding."""
    command = ProposeSupplier(
        details=SupplierDetails(name="Northwind Cognition", country="DE"),
        contact=ContactDetails(name="Priya Raman", email="Priya@northwind.example"),
        owner=owner,
        sanctions_clean=True,
    )
    desk.hand_in(command)
    return command.supplier_id


def with_use(
    desk: MemoryDesk, supplier_id: UUID, *, score: int = 2, kind: SubjectKind = SubjectKind.VENDOR_MODEL
) -> UUID:
    """A rated use of a subject of the supplier, requested by procurement."""
    if kind is SubjectKind.VENDOR_MODEL:
        model = RegisterVendorModel(supplier_id=supplier_id, details=ModelDetails(name="Extract 2", version="2.1"))
        desk.hand_in(model)
        subject = model.model_id
    else:
        source = RegisterDataSource(supplier_id=supplier_id, details=SourceDetails(name="News corpus"))
        desk.hand_in(source)
        subject = source.source_id
    use = DescribeUse(
        subject_id=subject,
        subject_kind=kind,
        title="Claims extraction",
        intake=Intake(facts=FACTS, factors={factor.value: score for factor in Factor}),
        classification=classify(
            Screening(
                in_scope=True,
                prohibited_practice=False,
                annex_i_with_third_party_assessment=False,
                annex_iii_area=False,
            )
        ),
    )
    desk.hand_in(use)
    return use.use_id


def sent(desk: MemoryDesk, use_id: UUID) -> UUID:
    """An assessment whose invitation is owed."""
    command = OpenAssessment(use_id=use_id)
    desk.hand_in(command)
    desk.hand_in(SendQuestionnaire(assessment_id=command.assessment_id))
    return command.assessment_id


def begun(desk: MemoryDesk, use_id: UUID) -> UUID:
    """An assessment that the vendor has opened."""
    assessment_id = sent(desk, use_id)
    desk.hand_in(BeginAnswering(assessment_id=assessment_id, link=1), by=VENDOR)
    return assessment_id


def fill_in(desk: MemoryDesk, assessment_id: UUID) -> None:
    """Answer everything that is required, well."""
    assessment = desk.get(Assessment, assessment_id)
    while gaps := missing(questionnaire_of(assessment, library()), assessment.facts, assessment.values):
        _answer(desk, assessment, gaps[0])


def submitted(desk: MemoryDesk, use_id: UUID) -> UUID:
    """An assessment handed in with good answers."""
    assessment_id = begun(desk, use_id)
    fill_in(desk, assessment_id)
    desk.hand_in(SubmitAnswers(assessment_id=assessment_id, officer_name="Priya Raman", officer_title="CEO"), by=VENDOR)
    return assessment_id


def closed(desk: MemoryDesk, use_id: UUID) -> UUID:
    """An assessment whose review is complete."""
    assessment_id = submitted(desk, use_id)
    desk.hand_in(AcceptAnswers(assessment_id=assessment_id), by=LEGAL)
    assessment = desk.get(Assessment, assessment_id)
    for question in questionnaire_of(assessment, library()).questions:
        if question.id in assessment.values and question.id not in assessment.reviews:
            review = ReviewAnswer(assessment_id=assessment_id, question=question.id, verdict="accepted", score=0.75)
            desk.hand_in(review, by=LEGAL)
    desk.hand_in(CloseAssessment(assessment_id=assessment_id), by=RISK)
    return assessment_id


def _answer(desk: MemoryDesk, assessment: Assessment, question: Question) -> None:
    if question.type is AnswerType.FILE:
        attach = AttachEvidence(
            assessment_id=assessment.id,
            question=question.id,
            filename="card.pdf",
            media_type="application/pdf",
            size=10,
            sha256="0" * 64,
        )
        desk.hand_in(attach, by=VENDOR)
        return
    command = RecordAnswer(assessment_id=assessment.id, question=question.id, value=best(question), seen=0)
    desk.hand_in(command, by=VENDOR)


def best(question: Question) -> object:
    """The answer that scores best."""
    match question.type:
        case AnswerType.TEXT:
            return "In place, documented and reviewed every year."
        case AnswerType.NUMBER:
            return _best_number(question)
        case AnswerType.DATE:
            return TODAY.isoformat()
        case AnswerType.MULTI_CHOICE:
            return [each.value for each in question.options if (each.points or 0) > 0] or [question.options[0].value]
    return max(question.options, key=lambda each: -1 if each.score is None else each.score).value


def _best_number(question: Question) -> int:
    bands = getattr(question.scoring, "bands", ())
    return int(max(bands, key=lambda each: each.score).value) if bands else 0
