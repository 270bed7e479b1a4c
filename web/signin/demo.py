"""One click signs in as a person of the demo: under `tierce up`, in a browser on the same machine only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID, uuid5

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from projections import people
from projections.people import PersonEntry
from suppliers.errors import NoSuchRecord
from suppliers.people import RegisterStaff
from suppliers.ports import SYSTEM, Role
from web.context import on_loopback, services_of
from web.signin.authenticators import admit

BEGINNING = UUID("0b1de7f5-7c3a-4f0e-9a44-3f7c1c2f4d10")
"""Namespace of the people an empty instance begins with: pressing twice makes them once."""
FIRST_PEOPLE = {
    "Ada Procurement": frozenset({Role.PROCUREMENT}),
    "Ben Buyer": frozenset({Role.PROCUREMENT}),
    "Rita Risk": frozenset({Role.RISK_MANAGER}),
    "Leo Legal": frozenset({Role.LEGAL}),
    "Sena Security": frozenset({Role.SECURITY}),
    "Dara Data": frozenset({Role.DATA}),
    "Pia Product": frozenset({Role.PRODUCT}),
    "Omar Operations": frozenset({Role.OPERATIONS}),
    "Aki Audit": frozenset({Role.AUDITOR}),
    "Ann Administrator": frozenset({Role.ADMINISTRATOR}),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """Whom one may go on as; nobody yet in an instance that has just been started."""

    people: tuple[PersonEntry, ...]


class OneClick:
    template = "signin/_demo.html"

    async def offers(self, request: Request) -> object:
        """The people to choose from, or to begin with; None where nobody may come in like this."""
        if not allowed(request):
            return None
        known = await people.staff(services_of(request).pool)
        return Offer(tuple(person for person in known if person.active))

    def router(self) -> APIRouter:
        router = APIRouter()
        router.add_api_route("/sign-in/demo", choose, methods=["POST"])
        router.add_api_route("/sign-in/demo/begin", begin, methods=["POST"])
        return router


def allowed(request: Request) -> bool:
    return services_of(request).identity.demo and on_loopback(request)


async def choose(
    request: Request, person_id: Annotated[UUID, Form()], next: Annotated[str, Form(max_length=300)] = ""
) -> Response:
    if not allowed(request):
        raise NoSuchRecord
    return await admit(request, person_id, next=next)


async def begin(request: Request) -> Response:
    """Let one person for each role into an instance that knows nobody."""
    services = services_of(request)
    if not allowed(request) or await people.staff(services.pool):
        raise NoSuchRecord
    position = 0
    for name, roles in FIRST_PEOPLE.items():
        email = f"{name.split()[0].lower()}@tierce.localhost"
        order = RegisterStaff(person_id=uuid5(BEGINNING, email), name=name, email=email, roles=roles)
        receipt = await services.office.issue(order, actor=SYSTEM, command_id=uuid5(BEGINNING, f"register {email}"))
        position = max(position, receipt.position)
    await services.waiting.wait(("people",), position, 5.0)
    return RedirectResponse("/sign-in", 303)
