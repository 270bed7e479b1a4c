"""Sign in by a code mailed to the address; an unknown address gets the very same answers and no mail."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from projections import people
from projections.people import PersonEntry
from web.context import client_of, services_of
from web.errands import send_off
from web.page import render
from web.security.codes import MINUTES, NOBODY, STAFF_CODES, Mailed, WrongCode
from web.security.limits import CODES_ASKED, CODES_MAILED, CODES_TRIED
from web.security.visitor import greet, remember
from web.signin.authenticators import admit
from web.staff import toward

PURPOSE = "sign_in"
Text = Annotated[str, Form(max_length=300)]


class MailedCode:
    template = "signin/_mailed.html"

    async def offers(self, request: Request) -> object:
        return True

    def router(self) -> APIRouter:
        router = APIRouter()
        router.add_api_route("/sign-in", ask, methods=["POST"])
        router.add_api_route("/sign-in/code", show, methods=["GET"])
        router.add_api_route("/sign-in/code", enter, methods=["POST"])
        return router


async def ask(request: Request, email: Text = "", next: Text = "") -> Response:
    """Mail a code, if the address is somebody's who may sign in."""
    address = email.strip().lower()
    if "@" not in address[1:-1]:
        return _page(request, "signin/sign_in.html", 422, next=next, email=email, error="Enter your work mail address.")
    await CODES_ASKED.hit(request, client_of(request))
    await CODES_MAILED.hit(request, address)
    person = await people.staff_by_email(services_of(request).pool, address)
    mailed = await STAFF_CODES.make(request, person.id if person else NOBODY, PURPOSE)
    if person is not None:
        send_off(request, _mail(request, person, mailed))
    response = RedirectResponse(toward("/sign-in/code", next), 303)
    return STAFF_CODES.hand_over(request, response, mailed)


async def show(request: Request, next: str = "") -> Response:
    return _page(request, "signin/code.html", 200, next=next, error="")


async def enter(request: Request, code: Text = "", next: Text = "") -> Response:
    """Open the session with the code."""
    await CODES_TRIED.hit(request, client_of(request))
    try:
        person_id = await STAFF_CODES.check(request, code, PURPOSE)
    except WrongCode as wrong:
        return _page(request, "signin/code.html", 422, next=next, error=_explained(wrong.left))
    return await admit(request, person_id, next=next)


def _explained(left: int) -> str:
    if not left:
        return "This code no longer works, or was asked for in another browser. Have a new one sent."
    return f"That is not the code we sent. You have {left} more {'try' if left == 1 else 'tries'}."


def _page(request: Request, template: str, status: int, **context: object) -> Response:
    csrf = greet(request)
    ways: dict[str, object] = {MailedCode.template: True}
    context = {"csrf": csrf, "minutes": MINUTES, "ways": ways, "email": "", **context}
    return remember(request, render(request, template, status_code=status, **context))


async def _mail(request: Request, person: PersonEntry, mailed: Mailed) -> None:
    await services_of(request).letters.mail_sign_in_code(
        code_id=mailed.id, to=person.email, name=person.name, code=mailed.code, minutes=MINUTES
    )
