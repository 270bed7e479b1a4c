"""Everyone who may sign in, and one person with what can be done about them."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from projections import people
from suppliers.errors import NoSuchRecord
from suppliers.people import ADMINISTRATORS, GrantRole, WithdrawRole
from suppliers.person import Person
from suppliers.ports import Command, Role
from web.context import services_of
from web.flashes import flash
from web.orders import issue, new_id
from web.page import go, render
from web.pages.asking import Place, ask_of, shown, taken
from web.pages.asks import filled
from web.pages.given import given_in
from web.pages.people.acts import BY_KEY, REGISTER, ROLES, fitting
from web.staff import Staff, require

router = APIRouter(dependencies=[require(*ADMINISTRATORS)])
VIEWS = ["people", "activity"]
LIST = Place(about="They sign in with a code that is mailed to them.", back="/people", section="people",
             crumbs=[("People", "/people")])  # fmt: skip


@router.get("/people")
async def everyone(request: Request, staff: Staff) -> Response:
    return render(request, "staff/people.html", people=await people.staff(services_of(request).pool), roles=ROLES)


@router.get("/people/new")
async def new(request: Request, staff: Staff) -> Response:
    return shown(request, REGISTER, LIST)


@router.post("/people/new")
async def register(request: Request, staff: Staff) -> Response:
    given = await given_in(request)
    if await people.staff_by_email(services_of(request).pool, given.one("email")):
        errors = {"email": "Somebody with this address can already sign in."}
        return shown(request, REGISTER, LIST, values=filled(given, REGISTER.fields), errors=errors)
    return await taken(request, REGISTER, await new_id(request, "person"), LIST, VIEWS)


@router.get("/people/{person_id:uuid}")
async def person(request: Request, staff: Staff, person_id: UUID) -> Response:
    found = await people.of(services_of(request).pool, person_id)
    if found is None:
        raise NoSuchRecord
    acts = fitting(found.kind, active=found.active, erased=found.erased)
    return render(request, "staff/person.html", person=found, roles=ROLES, acts=acts, oneself=person_id == staff.id)


@router.post("/people/{person_id:uuid}/roles")
async def change_role(request: Request, staff: Staff, person_id: UUID) -> Response:
    """Grant or withdraw one role; an administrator cannot lock themselves out."""
    given = await given_in(request)
    role = Role(given.choice("role", [each.value for each in Role]) or Role.AUDITOR)
    grant = given.one("change") == "grant"
    if not grant and person_id == staff.id and role is Role.ADMINISTRATOR:
        flash(request, "Another administrator has to take this role from you.", "warn")
        return go(request, f"/people/{person_id}")
    command: Command = (GrantRole if grant else WithdrawRole)(person_id=person_id, role=role)
    await issue(request, command, views=VIEWS)
    flash(request, "The roles are changed.")
    return go(request, f"/people/{person_id}")


@router.get("/people/{person_id:uuid}/do/{key}")
async def ask(request: Request, staff: Staff, person_id: UUID, key: str) -> Response:
    return shown(request, ask_of(BY_KEY, key, staff.actor), await _place(request, person_id))


@router.post("/people/{person_id:uuid}/do/{key}")
async def act(request: Request, staff: Staff, person_id: UUID, key: str) -> Response:
    """Erasing also deletes the key: from then on nobody can read the data, in the log neither."""
    place = await _place(request, person_id)
    answer = await taken(request, ask_of(BY_KEY, key, staff.actor), person_id, place, VIEWS)
    if key == "erase" and answer.status_code < 400:
        await services_of(request).erase(person_id)
    return answer


async def _place(request: Request, person_id: UUID) -> Place:
    person = await services_of(request).office.load(Person, person_id)
    here = f"/people/{person_id}"
    return Place(
        about=person.name,
        back=here,
        section="people",
        crumbs=[("People", "/people"), (person.name, here)],
        version=person.version,
        values={"name": person.name, "email": person.email},
    )
