"""Step two: what we buy, a model or a data source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from suppliers.entitlement import WORKING_STAFF
from suppliers.inventory import RegisterDataSource, RegisterVendorModel
from suppliers.ports import Command
from suppliers.supplier import Supplier
from suppliers.use import SubjectKind
from web.context import services_of
from web.flashes import flash
from web.orders import issue, new_id
from web.page import go, render
from web.pages.asks import filled, problems
from web.pages.given import Given, given_in
from web.pages.inventory.fields import MODEL, SOURCE, model_details, source_details
from web.staff import Staff, require

router = APIRouter(dependencies=[require(*WORKING_STAFF)])
FIELDS = {SubjectKind.VENDOR_MODEL: MODEL, SubjectKind.DATA_SOURCE: SOURCE}


@router.get("/suppliers/{supplier_id:uuid}/subjects/new")
async def new_subject(request: Request, staff: Staff, supplier_id: UUID, kind: str = "") -> Response:
    return await _form(request, supplier_id, kind_of(kind), {}, {})


@router.post("/suppliers/{supplier_id:uuid}/subjects/new")
async def register_subject(request: Request, staff: Staff, supplier_id: UUID) -> Response:
    given = await given_in(request)
    kind = kind_of(given.one("kind"))
    if errors := problems(FIELDS[kind], given):
        return await _form(request, supplier_id, kind, filled(given, FIELDS[kind]), errors)
    subject_id = await new_id(request, "subject")
    await issue(request, _order(kind, subject_id, supplier_id, given), views=["dossier", "names", "register"])
    flash(request, f"{given.one('name')} is in the inventory. You can stop here and go on from the supplier's page.")
    return go(request, f"/suppliers/{supplier_id}/uses/new?kind={kind.value}&subject={subject_id}")


def kind_of(text: str) -> SubjectKind:
    return SubjectKind.DATA_SOURCE if text == SubjectKind.DATA_SOURCE else SubjectKind.VENDOR_MODEL


def _order(kind: SubjectKind, subject_id: UUID, supplier_id: UUID, given: Given) -> Command:
    if kind is SubjectKind.DATA_SOURCE:
        return RegisterDataSource(source_id=subject_id, supplier_id=supplier_id, details=source_details(given))
    return RegisterVendorModel(model_id=subject_id, supplier_id=supplier_id, details=model_details(given))


async def _form(
    request: Request, supplier_id: UUID, kind: SubjectKind, values: Mapping[str, Any], errors: Mapping[str, str]
) -> Response:
    supplier = await services_of(request).office.load(Supplier, supplier_id)
    return render(
        request,
        "staff/intake/subject.html",
        status_code=422 if errors else 200,
        supplier=supplier,
        kind=kind.value,
        fields=FIELDS[kind],
        values=values,
        errors=errors,
    )
