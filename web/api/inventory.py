"""What suppliers offer and attest, and what it is used for: parts of their dossiers."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from projections import dossier, names
from projections.asof import Moment
from projections.asof.parts import parts
from projections.dossier import AttestationEntry, ModelEntry, Part, SourceEntry, UseEntry
from suppliers.errors import NoSuchRecord
from web.api.answers import After, Limit, Listing, documented, listing, one, placed, tag
from web.api.as_of import When, past_of
from web.api.callers import Caller
from web.context import services_of
from web.looking.back import looking

router = APIRouter(tags=["inventory"])
VIEWS = (dossier.VIEW, names.VIEW)


class Model(ModelEntry):
    """A vendor's model; `adopted` is the version in use."""

    supplier_id: UUID


class DataSource(SourceEntry):
    """A data source and its deliveries."""

    supplier_id: UUID


class Use(UseEntry):
    """What a model or data source is used for."""

    supplier_id: UUID


class Attestation(AttestationEntry):
    """A certificate, report or policy that a supplier showed."""

    supplier_id: UUID


@router.get("/models", responses=documented(Listing[Model]))
async def models(
    request: Request, caller: Caller, moment: When, supplier: UUID | None = None, limit: Limit = 50, after: After = None
) -> Response:
    return await _parts(request, moment, "models", supplier, limit, after)


@router.get("/data-sources", responses=documented(Listing[DataSource]))
async def data_sources(
    request: Request, caller: Caller, moment: When, supplier: UUID | None = None, limit: Limit = 50, after: After = None
) -> Response:
    return await _parts(request, moment, "data_sources", supplier, limit, after)


@router.get("/uses", responses=documented(Listing[Use]))
async def uses(
    request: Request, caller: Caller, moment: When, supplier: UUID | None = None, limit: Limit = 50, after: After = None
) -> Response:
    return await _parts(request, moment, "uses", supplier, limit, after)


@router.get("/attestations", responses=documented(Listing[Attestation]))
async def attestations(
    request: Request, caller: Caller, moment: When, supplier: UUID | None = None, limit: Limit = 50, after: After = None
) -> Response:
    return await _parts(request, moment, "attestations", supplier, limit, after)


@router.get("/models/{id}", responses=documented(Model))
async def model(request: Request, caller: Caller, moment: When, id: UUID) -> Response:
    return await _part(request, moment, "models", id)


@router.get("/data-sources/{id}", responses=documented(DataSource))
async def data_source(request: Request, caller: Caller, moment: When, id: UUID) -> Response:
    return await _part(request, moment, "data_sources", id)


@router.get("/uses/{id}", responses=documented(Use))
async def use(request: Request, caller: Caller, moment: When, id: UUID) -> Response:
    return await _part(request, moment, "uses", id)


@router.get("/attestations/{id}", responses=documented(Attestation))
async def attestation(request: Request, caller: Caller, moment: When, id: UUID) -> Response:
    return await _part(request, moment, "attestations", id)


async def _part(request: Request, moment: Moment | None, part: Part, id: UUID) -> Response:
    """One, which belongs to the same supplier for ever."""
    etag = await tag(request, VIEWS, moment)
    kept = await dossier.holding(services_of(request).pool, id)
    if kept is not None and moment is not None:
        kept = (await past_of(request, kept.supplier_id, moment)).dossier
    entry = getattr(kept, part).get(str(id)) if kept else None
    if kept is None or entry is None:
        raise NoSuchRecord
    return one(_owned(kept.supplier_id, entry.model_dump_json()), etag)


async def _parts(
    request: Request, moment: Moment | None, part: Part, supplier: UUID | None, limit: int, after: str | None
) -> Response:
    etag, pool = await tag(request, VIEWS, moment), services_of(request).pool
    found = await placed(
        dossier.parts(pool, part, supplier_id=supplier, after=after, limit=limit)
        if moment is None
        else parts(looking(request), pool, part, moment, supplier_id=supplier, after=after, limit=limit)
    )
    return listing(request, [_owned(*each) for each in found.rows], found.after, etag)


def _owned(supplier_id: UUID, entry: str) -> str:
    return f'{{"supplier_id":"{supplier_id}",{entry[1:]}'
