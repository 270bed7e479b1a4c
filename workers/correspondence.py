"""What a letter about an assessment, an attestation or a decision has to know, read from the log itself."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from notifications.letter import Correspondent, Envelope
from suppliers.assessment import Assessment
from suppliers.data_source import DataSource
from suppliers.errors import NoSuchRecord
from suppliers.person import Person
from suppliers.ports import Office
from suppliers.questionnaires.model import Questionnaire
from suppliers.questions import questionnaire_of
from suppliers.supplier import Supplier
from suppliers.use import SubjectKind, Use
from suppliers.vendor_model import VendorModel
from workers.workshop import Workshop


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """An assessment with everybody and everything around it."""

    assessment: Assessment
    supplier: Supplier
    use: Use
    subject: str
    questionnaire: Questionnaire
    contact: Correspondent | None
    owner: Correspondent | None

    @property
    def about(self) -> str:
        return self.subject

    @property
    def vendor(self) -> str:
        return self.supplier.details.name


async def round_of(shop: Workshop, assessment_id: UUID) -> Round:
    """Load an assessment and what belongs to it."""
    assessment = await shop.office.load(Assessment, assessment_id)
    use = await shop.office.load(Use, assessment.use_id)
    supplier = await shop.office.load(Supplier, assessment.supplier_id)
    return Round(
        assessment=assessment,
        supplier=supplier,
        use=use,
        subject=await subject_name(shop.office, use.subject_kind, use.subject_id),
        questionnaire=questionnaire_of(assessment, shop.library),
        contact=await correspondent(shop.office, assessment.contact),
        owner=await correspondent(shop.office, supplier.owner),
    )


async def subject_name(office: Office, kind: SubjectKind, id: UUID) -> str:
    """What the model or data source is called."""
    if kind is SubjectKind.VENDOR_MODEL:
        return (await office.load(VendorModel, id)).details.name
    return (await office.load(DataSource, id)).details.name


async def any_subject_name(office: Office, id: UUID | None) -> str:
    """The same where only the id is known; empty when there is none."""
    if id is None:
        return ""
    try:
        return await subject_name(office, SubjectKind.VENDOR_MODEL, id)
    except NoSuchRecord:
        return await subject_name(office, SubjectKind.DATA_SOURCE, id)


async def correspondent(office: Office, id: UUID | None) -> Correspondent | None:
    """Somebody we can write to; None when nobody is named or their data was erased."""
    if id is None:
        return None
    try:
        person = await office.load(Person, id)
    except NoSuchRecord:
        return None
    if person.erased or "@" not in person.email:
        return None
    return Correspondent(address=person.email, name=person.name, person=id)


def envelope(shop: Workshop, key: str, to: Correspondent, contact: Correspondent | None = None) -> Envelope:
    """An addressed envelope; `contact` reads replies."""
    return Envelope(key=key, house=shop.house, to=to, contact=contact)
