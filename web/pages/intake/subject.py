"""The thing a use is about, as it is on the record, with the facts that follow from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from fastapi import Request

from suppliers.data_source import DataSource
from suppliers.errors import NoSuchRecord
from suppliers.supplier import Supplier
from suppliers.use import Fact, SubjectKind
from suppliers.vendor_model import VendorModel
from web.context import services_of
from web.pages.intake.facts import in_eu


@dataclass(frozen=True)
class Subject:
    """A model or data source of a supplier."""

    id: UUID
    kind: SubjectKind
    name: str
    supplier_id: UUID
    supplier_name: str
    known: Mapping[str, Fact]
    """Facts nobody has to be asked for."""


async def subject_of(request: Request, supplier_id: UUID, kind: str, subject_id: str) -> Subject:
    """The subject, when the supplier has it; otherwise there is nothing."""
    office = services_of(request).office
    supplier = await office.load(Supplier, supplier_id)
    try:
        id = UUID(subject_id)
    except ValueError:
        raise NoSuchRecord from None
    found: VendorModel | DataSource
    if kind == SubjectKind.DATA_SOURCE:
        found, supply = await office.load(DataSource, id), "data_source"
    else:
        found = await office.load(VendorModel, id)
        supply = found.details.supply_kind.value
    if found.supplier_id != supplier_id or found.retired:
        raise NoSuchRecord
    return Subject(
        id=id,
        kind=SubjectKind.DATA_SOURCE if isinstance(found, DataSource) else SubjectKind.VENDOR_MODEL,
        name=found.details.name,
        supplier_id=supplier_id,
        supplier_name=supplier.details.name,
        known={"intake.supply_kind": supply, **in_eu(supplier.details.country)},
    )
