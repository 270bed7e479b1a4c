"""The sign-in page, which shows every way that is offered here, and signing out."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from web.context import local_path, services_of
from web.page import render
from web.security import cookies
from web.security.codes import MINUTES
from web.security.sessions import STAFF
from web.security.visitor import greet, remember
from web.signin.authenticators import Authenticator
from web.staff import COOKIE, NotSignedIn, signed_in


def router(ways: tuple[Authenticator, ...]) -> APIRouter:
    pages = APIRouter()

    @pages.get("/sign-in")
    async def sign_in(request: Request, next: str = "") -> Response:
        try:
            await signed_in(request)
        except NotSignedIn:
            offered = {way.template: await way.offers(request) for way in ways}
            context: dict[str, Any] = {"csrf": greet(request), "ways": offered, "next": next, "minutes": MINUTES}
            return remember(request, render(request, "signin/sign_in.html", email="", error="", **context))
        return RedirectResponse(local_path(next) or "/", 303)

    @pages.post("/sign-out")
    async def sign_out(request: Request) -> Response:
        services = services_of(request)
        await STAFF.end(services.pool, cookies.read(request, COOKIE), at=services.clock.now())
        response = RedirectResponse("/sign-in", 303)
        cookies.drop(request, response, COOKIE)
        return response

    return pages
