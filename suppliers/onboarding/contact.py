"""Whom to write to at a supplier."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel, ConfigDict

from suppliers.person import Person, PersonKind
from suppliers.ports import Desk


class ContactDetails(BaseModel):
    """Whom to write to at a supplier."""

    model_config = ConfigDict(frozen=True)

    name: str
    email: str


def registered(id: UUID, details: ContactDetails, supplier_id: UUID, desk: Desk) -> Person:
    """A contact who is on the record as a person."""
    return Person.register(
        id=id,
        kind=PersonKind.CONTACT,
        name=details.name.strip(),
        email=details.email.strip().lower(),
        supplier_id=supplier_id,
        at=desk.now,
    )
