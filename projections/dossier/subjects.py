"""How a supplier's models and data sources come into its dossier and change."""

from __future__ import annotations

from typing import Any

from projections.dossier.entries import ModelEntry, Release, SourceEntry, Version
from projections.dossier.rows import VIEW, Dossier
from projections.view import adding, but, its_supplier, new, text_of, within
from suppliers.data_source import DataSource
from suppliers.ports import Recorded
from suppliers.supplier import Supplier
from suppliers.vendor_model import VendorModel


@VIEW.on(Supplier.Proposed)
def proposed(_: None, event: Supplier.Proposed, recorded: Recorded) -> Dossier:
    return new(Dossier, supplier_id=event.originator_id)


@VIEW.on(VendorModel.Registered, keys=its_supplier)
def model_registered(row: Dossier, event: VendorModel.Registered, recorded: Recorded) -> Dossier:
    first = event.details.version
    at = event.timestamp
    model = new(
        ModelEntry,
        id=event.originator_id,
        version=event.originator_version,
        details=event.details,
        adopted=first,
        versions=(new(Version, version=first, announced_at=at, adopted_at=at),) if first else (),
        registered_by=event.by,
        registered_at=at,
        changed_at=at,
    )
    return adding(row, "models", text_of(model.id), model)


@VIEW.on(VendorModel.VersionAnnounced, keys=its_supplier)
def announced(row: Dossier, event: VendorModel.VersionAnnounced, recorded: Recorded) -> Dossier:
    version = new(Version, version=event.version, announced_at=event.timestamp, released_on=event.released_on)
    return with_model(row, event, versions=(*model_of(row, event).versions, version))


@VIEW.on(VendorModel.VersionAdopted, keys=its_supplier)
def adopted(row: Dossier, event: VendorModel.VersionAdopted, recorded: Recorded) -> Dossier:
    versions = tuple(
        but(each, adopted_at=event.timestamp) if each.version == event.version else each
        for each in model_of(row, event).versions
    )
    return with_model(row, event, adopted=event.version, versions=versions)


@VIEW.on(VendorModel.UpstreamChanged, VendorModel.HostingMoved, VendorModel.TrainingTermsChanged, keys=its_supplier)
def terms_changed(row: Dossier, event: VendorModel.Event, recorded: Recorded) -> Dossier:
    details = model_of(row, event).details
    terms = {name: getattr(event, name) for name in type(details).model_fields if name in type(event).model_fields}
    return with_model(row, event, details=but(details, **terms))


@VIEW.on(VendorModel.Retired, keys=its_supplier)
def model_retired(row: Dossier, event: VendorModel.Retired, recorded: Recorded) -> Dossier:
    return with_model(row, event, retired_reason=event.reason)


@VIEW.on(DataSource.Registered, keys=its_supplier)
def source_registered(row: Dossier, event: DataSource.Registered, recorded: Recorded) -> Dossier:
    source = new(
        SourceEntry,
        id=event.originator_id,
        version=event.originator_version,
        details=event.details,
        registered_by=event.by,
        registered_at=event.timestamp,
        changed_at=event.timestamp,
    )
    return adding(row, "data_sources", text_of(source.id), source)


@VIEW.on(DataSource.ReleaseReceived, keys=its_supplier)
def received(row: Dossier, event: DataSource.ReleaseReceived, recorded: Recorded) -> Dossier:
    release = new(Release, release=event.release, received_on=event.received_on)
    known = row.data_sources[text_of(event.originator_id)].releases
    return with_source(row, event, releases=(*known, release))


@VIEW.on(DataSource.DetailsRevised, keys=its_supplier)
def revised(row: Dossier, event: DataSource.DetailsRevised, recorded: Recorded) -> Dossier:
    return with_source(row, event, details=event.details)


@VIEW.on(DataSource.Retired, keys=its_supplier)
def source_retired(row: Dossier, event: DataSource.Retired, recorded: Recorded) -> Dossier:
    return with_source(row, event, retired_reason=event.reason)


def model_of(row: Dossier, event: Any) -> ModelEntry:
    return row.models[text_of(event.originator_id)]


def with_model(row: Dossier, event: Any, **changes: Any) -> Dossier:
    return _within(row, "models", event, **changes)


def with_source(row: Dossier, event: Any, **changes: Any) -> Dossier:
    return _within(row, "data_sources", event, **changes)


def _within(row: Dossier, part: str, event: Any, **changes: Any) -> Dossier:
    stepped = {"version": event.originator_version, "changed_at": event.timestamp}
    return within(row, part, text_of(event.originator_id), **stepped, **changes)
