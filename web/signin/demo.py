"""One click signs in as a person of the demo: under `tierce up`, in a browser on the same machine only."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from projections import people
from suppliers.errors import NoSuchRecord
from web.context import on_loopback, services_of
from web.signin.authenticators import admit


class OneClick:
    template = "signin/_demo.html"

    async def offers(self, request: Request) -> object:
        """The people to choose from."""
        if not allowed(request):
            return ()
        return [person for person in await people.staff(services_of(request).pool) if person.active]

    def router(self) -> APIRouter:
        router = APIRouter()
        router.add_api_route("/sign-in/demo", choose, methods=["POST"])
        return router


def allowed(request: Request) -> bool:
    return services_of(request).identity.demo and on_loopback(request)


async def choose(
    request: Request, person_id: Annotated[UUID, Form()], next: Annotated[str, Form(max_length=300)] = ""
) -> Response:
    if not allowed(request):
        raise NoSuchRecord
    return await admit(request, person_id, next=next)
