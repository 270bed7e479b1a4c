"""What was attested, from which day to which."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict

from suppliers.errors import DatesOutOfOrder


class Document(BaseModel):
    """What was attested: first and last day of validity (`valid_until` None = no fixed end), and the file behind it."""

    model_config = ConfigDict(frozen=True)

    issuer: str
    scope: str = ""
    valid_from: date
    valid_until: date | None
    sha256: str = ""
    filename: str = ""


def in_order(document: Document) -> Document:
    """The document, when its days of validity are in order."""
    if document.valid_until is not None and document.valid_until < document.valid_from:
        raise DatesOutOfOrder
    return document
