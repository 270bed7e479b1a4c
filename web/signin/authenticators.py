"""The ways to sign in. Another one (OIDC, passkeys) is one more `Authenticator`: its routes end in `admit`."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from suppliers.errors import AccessEnded
from web.context import local_path, services_of
from web.security import cookies
from web.security.sessions import STAFF
from web.staff import COOKIE, present


class Authenticator(Protocol):
    """One way to find out who somebody is."""

    template: str
    """What it shows on the sign-in page."""

    def router(self) -> APIRouter: ...

    async def offers(self, request: Request) -> object:
        """What its template needs; a false value leaves it out for this request."""


async def admit(request: Request, person_id: UUID, *, next: str = "") -> Response:
    """Open a session for a member of staff who proved to be that person, and go where they wanted to be."""
    if await present(request, person_id) is None:
        raise AccessEnded
    services = services_of(request)
    at = services.clock.now()
    if previous := cookies.read(request, COOKIE):
        await STAFF.end(services.pool, previous, at=at)
    session = await STAFF.open(services.pool, person_id, at=at)
    response = RedirectResponse(local_path(next) or "/", 303)
    cookies.write(request, response, COOKIE, session.token)
    return response
