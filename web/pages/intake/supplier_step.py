"""Step one: who supplies it, and whom we write to. Likely duplicates show while one types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from projections import names, people
from suppliers.entitlement import WORKING_STAFF
from suppliers.likeness import Likeness, Profile
from suppliers.onboarding import ProposeSupplier
from suppliers.ports import Role
from web.context import services_of
from web.flashes import flash
from web.orders import issue, new_id
from web.page import fragment, go, render
from web.pages.asks import Field, filled, problems
from web.pages.countries import countries
from web.pages.given import Given, given_in
from web.pages.supplier.acts import CONTACT, DETAILS, contact, details
from web.staff import Staff, require

router = APIRouter(dependencies=[require(*WORKING_STAFF)])
TEMPLATE = "staff/intake/supplier.html"
OWNER = Field(
    name="owner", label="Owner", kind="select", offers="staff", required=False,
    hint="Who here owns the relationship. The owner cannot decide about it.",
)  # fmt: skip
SANCTIONS = Field(
    name="sanctions", label="Sanctions check", kind="radio", required=False,
    options=(("clean", "Checked, clean"), ("later", "Not yet", "Onboarding starts once it is clean")),
)  # fmt: skip
NOTE = Field(name="sanctions_note", label="Lists and date of the check", required=False)
FIELDS = (*DETAILS, *CONTACT, OWNER, SANCTIONS, NOTE)


@router.get("/suppliers/new")
async def new_supplier(request: Request, staff: Staff) -> Response:
    """The form, empty; a buyer is the owner unless they choose otherwise."""
    owner = str(staff.id) if staff.holds(Role.PROCUREMENT) else ""
    asked_for = request.query_params.get("name", "")
    return await _form(request, {"owner": owner, "sanctions": "later", "name": asked_for}, {})


@router.get("/suppliers/new/likely")
async def likely(request: Request, staff: Staff) -> Response:
    """Suppliers we know that may be meant, with reasons."""
    typed = Given({name: [value] for name, value in request.query_params.items()})
    return fragment(request, TEMPLATE, "likely", likely=await _likely(request, typed))


@router.post("/suppliers/new")
async def propose(request: Request, staff: Staff) -> Response:
    given = await given_in(request)
    if errors := _problems(given):
        return await _form(request, filled(given, FIELDS), errors, given)
    supplier_id = await new_id(request, "supplier")
    command = ProposeSupplier(
        supplier_id=supplier_id,
        details=details(given),
        contact=contact(given) if given.one("contact_email") else None,
        contact_id=await new_id(request, "contact"),
        owner=given.id("owner"),
        sanctions_clean=given.one("sanctions") == "clean",
        sanctions_note=given.one("sanctions_note"),
    )
    await issue(request, command, views=["register", "names", "people"])
    flash(request, f"{given.one('name')} is on the record. You can stop here and go on from its page.")
    return go(request, f"/suppliers/{supplier_id}/subjects/new")


def _problems(given: Given) -> dict[str, str]:
    """A contact may be left out, but not by half."""
    named = bool(given.one("contact_name") or given.one("contact_email"))
    asked = (*DETAILS, *(CONTACT if named else ()))
    return problems(asked, given)


async def _likely(request: Request, given: Given) -> list[Likeness]:
    typed = Profile.model_validate({field: given.one(field) for field in Profile.model_fields if field != "id"})
    return await names.likely_duplicates(services_of(request).pool, typed)


async def _form(
    request: Request, values: Mapping[str, Any], errors: Mapping[str, str], given: Given | None = None
) -> Response:
    staff = await people.staff(services_of(request).pool)
    return render(
        request,
        TEMPLATE,
        status_code=422 if errors else 200,
        values=values,
        errors=errors,
        details=DETAILS,
        contact=CONTACT,
        inside=(OWNER, SANCTIONS, NOTE),
        offers={"staff": [(each.id, each.name) for each in staff if each.active], "countries": countries()},
        likely=await _likely(request, given) if given else [],
    )
