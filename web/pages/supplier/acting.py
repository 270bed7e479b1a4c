"""What is done about a supplier: each act a form of its own, with the version its author saw."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from projections import people
from suppliers.supplier import Supplier
from web.context import services_of
from web.pages.asking import Place, ask_of, shown, taken
from web.pages.countries import countries
from web.pages.supplier.acts import BY_KEY
from web.staff import Staff

router = APIRouter()
VIEWS = ["register", "names", "posture", "people", "activity"]


@router.get("/suppliers/{supplier_id:uuid}/do/{key}")
async def ask(request: Request, staff: Staff, supplier_id: UUID, key: str) -> Response:
    return shown(request, ask_of(BY_KEY, key, staff.actor), await _place(request, supplier_id))


@router.post("/suppliers/{supplier_id:uuid}/do/{key}")
async def act(request: Request, staff: Staff, supplier_id: UUID, key: str) -> Response:
    place = await _place(request, supplier_id)
    return await taken(request, ask_of(BY_KEY, key, staff.actor), supplier_id, place, VIEWS)


async def _place(request: Request, supplier_id: UUID) -> Place:
    services = services_of(request)
    supplier = await services.office.load(Supplier, supplier_id)
    here = f"/suppliers/{supplier_id}"
    staff = await people.staff(services.pool)
    return Place(
        about=supplier.details.name,
        back=here,
        crumbs=[("Suppliers", "/suppliers"), (supplier.details.name, here)],
        version=supplier.version,
        values={**supplier.details.model_dump(), "owner": str(supplier.owner or "")},
        offers={
            "staff": tuple((str(each.id), each.name) for each in staff if each.active),
            "countries": countries(),
        },
    )
