"""What identifies a supplier."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class SupplierDetails(BaseModel):
    """What identifies a supplier. `country` is an ISO 3166-1 alpha-2 code."""

    model_config = ConfigDict(frozen=True)

    name: str
    legal_name: str = ""
    country: str = ""
    website: str = ""
    registration_number: str = ""
