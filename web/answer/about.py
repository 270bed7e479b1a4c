"""Who asks whom about what: the names around an assessment, straight from the log."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from suppliers.assessment import Assessment
from suppliers.data_source import DataSource
from suppliers.errors import NoSuchRecord
from suppliers.person import Person
from suppliers.ports import Office
from suppliers.supplier import Supplier
from suppliers.use import Use
from suppliers.vendor_model import VendorModel


@dataclass(frozen=True, slots=True)
class Human:
    """Whom the vendor may ask."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class About:
    supplier: str
    subject: str
    use: str
    purpose: str
    contact: Person
    human: Human | None
    """Whoever sent the questions, or else owns the relationship; None when both have left."""


async def about(office: Office, assessment: Assessment) -> About:
    supplier = await office.load(Supplier, assessment.supplier_id)
    use = await office.load(Use, assessment.use_id)
    return About(
        supplier=supplier.details.name,
        subject=await _subject(office, assessment.subject_id),
        use=use.title,
        purpose=use.purpose,
        contact=await office.load(Person, assessment.contact),
        human=await _human(office, assessment.opened_by, supplier.owner, use.requester),
    )


async def names(office: Office, ids: set[UUID]) -> dict[UUID, str]:
    """Who answered: everybody who was the contact in this round."""
    return {id: (await office.load(Person, id)).name for id in ids}


def masked(email: str) -> str:
    """Enough for the owner of the address to know it: `p•••@northwind.example`."""
    name, _, domain = email.rpartition("@")
    return f"{name[:1]}•••@{domain}"


async def _subject(office: Office, id: UUID) -> str:
    try:
        model = await office.load(VendorModel, id)
    except NoSuchRecord:
        return (await office.load(DataSource, id)).details.name
    return f"{model.details.name} {model.details.version}".strip()


async def _human(office: Office, *candidates: UUID | None) -> Human | None:
    for id in candidates:
        try:
            person = await office.load(Person, id) if id else None
        except NoSuchRecord:  # opened by the system itself
            continue
        if person is not None and person.active and person.email:
            return Human(person.name, person.email)
    return None
