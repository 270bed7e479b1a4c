"""What is noted about a model, a data source or a use: each note a form of its own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from suppliers.aggregate import Aggregate
from suppliers.data_source import DataSource
from suppliers.errors import NoSuchRecord
from suppliers.supplier import Supplier
from suppliers.use import Use
from suppliers.vendor_model import VendorModel
from web.context import services_of
from web.pages.asking import Place, ask_of, shown, taken
from web.pages.asks import Ask
from web.pages.inventory.acts import MODEL_ACTS, SOURCE_ACTS, USE_ACTS, by_key
from web.staff import Staff

router = APIRouter()
VIEWS = ["dossier", "names", "register", "posture", "activity"]
KINDS: dict[str, tuple[type[Aggregate], tuple[Ask, ...]]] = {
    "models": (VendorModel, MODEL_ACTS),
    "sources": (DataSource, SOURCE_ACTS),
    "uses": (Use, USE_ACTS),
}
ADDRESS = "/suppliers/{supplier_id:uuid}/{kind}/{subject_id:uuid}/do/{key}"


@router.get(ADDRESS)
async def ask(request: Request, staff: Staff, supplier_id: UUID, kind: str, subject_id: UUID, key: str) -> Response:
    acts = _acts(kind)
    return shown(request, ask_of(acts, key, staff.actor), await _place(request, supplier_id, kind, subject_id))


@router.post(ADDRESS)
async def act(request: Request, staff: Staff, supplier_id: UUID, kind: str, subject_id: UUID, key: str) -> Response:
    place = await _place(request, supplier_id, kind, subject_id)
    return await taken(request, ask_of(_acts(kind), key, staff.actor), subject_id, place, VIEWS)


def _acts(kind: str) -> dict[str, Ask]:
    if kind not in KINDS:
        raise NoSuchRecord
    return dict(by_key(KINDS[kind][1]))


async def _place(request: Request, supplier_id: UUID, kind: str, subject_id: UUID) -> Place:
    office = services_of(request).office
    supplier = await office.load(Supplier, supplier_id)
    subject: Any = await office.load(KINDS[kind][0], subject_id)
    if subject.supplier_id != supplier_id:
        raise NoSuchRecord
    here = f"/suppliers/{supplier_id}"
    return Place(
        about=subject.title if isinstance(subject, Use) else subject.details.name,
        back=f"{here}/inventory#{subject_id}",
        crumbs=[("Suppliers", "/suppliers"), (supplier.details.name, here), ("Inventory", f"{here}/inventory")],
        version=subject.version,
        values=_values(subject),
        offers={"versions": tuple((each, each) for each in getattr(subject, "versions", ()))},
    )


def _values(subject: Any) -> dict[str, str]:
    """What is known now, so that a correction starts from it."""
    if isinstance(subject, Use):
        return {"tier": str(subject.tier or "")}
    known = subject.details.model_dump()
    if isinstance(subject, DataSource):
        known["personal_data"] = {True: "yes", False: "no", None: "unknown"}[subject.details.personal_data]
    return {name: str(value) for name, value in known.items()} | {"version": getattr(subject, "adopted", "")}
