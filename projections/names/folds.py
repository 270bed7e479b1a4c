"""How things come by their names, and by others."""

from __future__ import annotations

from typing import Any

from projections.names.rows import VIEW, Kind, Named
from projections.names.titles import title
from projections.view import but, new
from suppliers.attestation import Attestation
from suppliers.data_source import DataSource
from suppliers.ports import Recorded
from suppliers.supplier import Supplier
from suppliers.use import Use
from suppliers.vendor_model import VendorModel


@VIEW.on(Supplier.Proposed)
def proposed(_: None, event: Supplier.Proposed, recorded: Recorded) -> Named:
    return new(Named, supplier_id=event.originator_id, kind=Kind.SUPPLIER, **event.details.__dict__)


@VIEW.on(Supplier.DetailsCorrected)
def corrected(row: Named, event: Supplier.DetailsCorrected, recorded: Recorded) -> Named:
    return but(row, **event.details.__dict__)


@VIEW.on(VendorModel.Registered)
def model_registered(_: None, event: VendorModel.Registered, recorded: Recorded) -> Named:
    return called(event, Kind.MODEL, event.details.name)


@VIEW.on(DataSource.Registered)
def source_registered(_: None, event: DataSource.Registered, recorded: Recorded) -> Named:
    return called(event, Kind.DATA_SOURCE, event.details.name)


@VIEW.on(DataSource.DetailsRevised)
def revised(row: Named, event: DataSource.DetailsRevised, recorded: Recorded) -> Named:
    return row if row.name == event.details.name else but(row, name=event.details.name)


@VIEW.on(Use.Described)
def described(_: None, event: Use.Described, recorded: Recorded) -> Named:
    return called(event, Kind.USE, event.title)


@VIEW.on(Attestation.Given)
def given(_: None, event: Attestation.Given, recorded: Recorded) -> Named:
    return called(event, Kind.ATTESTATION, title(event.type))


def called(event: Any, kind: Kind, name: str) -> Named:
    return new(Named, supplier_id=event.supplier_id, kind=kind, name=name)
