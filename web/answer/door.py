"""The mailed link: what it is about, then a code to the invited address, then the questions.

Looking at the link changes nothing, however often a mail scanner does it; only the buttons do.
"""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from suppliers.answering import BeginAnswering
from suppliers.assessment import Assessment
from suppliers.errors import LinkInvalid, NoSuchRecord
from suppliers.people import VerifyAddress
from suppliers.ports import SYSTEM, Actor
from web.answer.about import About, about, masked
from web.answer.over import refuse_link
from web.answer.session import SIDE, SessionEnded, let_in, session_for
from web.answer.sheet import Sheet
from web.answer.vendor_page import show
from web.context import client_of, services_of
from web.errands import send_off
from web.orders import issue
from web.security.codes import MINUTES, VENDOR_CODES, Mailed, WrongCode
from web.security.limits import CODES_ASKED, CODES_MAILED, CODES_TRIED, LINKS_MISSED
from web.security.sessions import VENDOR
from web.security.visitor import greet, remember

router = APIRouter(prefix="/answer")


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link that works, and what it is about."""

    token: str
    link: int
    assessment: Assessment
    about: About


async def invited(request: Request, token: str) -> Invitation:
    """Read the link; one that we never made is not found, one that is over says why."""
    services = services_of(request)
    try:
        assessment_id, link = services.links.read(token)
        assessment = await services.office.load(Assessment, assessment_id)
    except (LinkInvalid, NoSuchRecord):
        await LINKS_MISSED.hit(request, client_of(request))
        raise NoSuchRecord from None
    company, now = services.identity.company, services.clock.now()
    await refuse_link(services.office, assessment, link, company, at=now)
    return Invitation(token, link, assessment, await about(services.office, assessment))


Invited = Annotated[Invitation, Depends(invited)]


@router.get("/{token}")
async def look(request: Request, invitation: Invited) -> Response:
    """Who asks, what for, by when, how long it takes; nothing is recorded."""
    try:
        await session_for(request, invitation.assessment.id)
    except (SessionEnded, NoSuchRecord):
        sheet = Sheet(invitation.assessment, services_of(request).library)
        return _page(request, "vendor/invitation.html", invitation, sheet=sheet)
    return RedirectResponse(f"{SIDE}{invitation.assessment.id}", 303)


@router.post("/{token}/code")
async def mail_code(request: Request, invitation: Invited) -> Response:
    """Mail a code to the invited address, and to no other."""
    await CODES_ASKED.hit(request, client_of(request))
    await CODES_MAILED.hit(request, str(invitation.assessment.id))
    mailed = await VENDOR_CODES.make(request, invitation.assessment.contact, invitation.assessment.id)
    send_off(request, _mail(request, invitation, mailed))
    response = RedirectResponse(f"/answer/{invitation.token}/code", 303)
    return VENDOR_CODES.hand_over(request, response, mailed)


@router.get("/{token}/code")
async def ask_for_code(request: Request, invitation: Invited) -> Response:
    return _page(request, "vendor/code.html", invitation, error="")


@router.post("/{token}/open")
async def enter(request: Request, invitation: Invited, code: Annotated[str, Form(max_length=100)] = "") -> Response:
    """Open a session for this assessment alone; the start of answering goes on the record."""
    await CODES_TRIED.hit(request, client_of(request))
    id = invitation.assessment.id
    try:
        person_id = await VENDOR_CODES.check(request, code, id)
    except WrongCode as wrong:
        return _page(request, "vendor/code.html", invitation, status_code=422, error=_explained(wrong.left))
    if person_id != invitation.assessment.contact:
        return _page(request, "vendor/code.html", invitation, status_code=422, error=_explained(0))
    begin = BeginAnswering(assessment_id=id, link=invitation.link)
    await issue(request, begin, actor=Actor(id=person_id, kind="vendor"))
    await issue(request, VerifyAddress(person_id=person_id), actor=SYSTEM)
    services = services_of(request)
    session = await VENDOR.open(services.pool, person_id, at=services.clock.now(), assessment_id=id)
    return let_in(request, RedirectResponse(f"{SIDE}{id}", 303), session)


def _explained(left: int) -> str:
    if not left:
        return _("This code no longer works, or was asked for in another browser. Have a new one sent.")
    if left == 1:
        return _("That is not the code we sent. You have one more try.")
    return _("That is not the code we sent. You have %(left)s more tries.") % {"left": left}


def _page(
    request: Request, template: str, invitation: Invitation, *, status_code: int = 200, **context: Any
) -> Response:
    greet(request)
    page = show(
        request, template, invitation.assessment, invitation.about, status_code=status_code,
        token=invitation.token, address=masked(invitation.about.contact.email), minutes=MINUTES, **context,
    )  # fmt: skip
    page.headers["Referrer-Policy"] = "no-referrer"
    return remember(request, page)


async def _mail(request: Request, invitation: Invitation, mailed: Mailed) -> None:
    contact = invitation.about.contact
    await services_of(request).letters.mail_vendor_code(
        code_id=mailed.id,
        assessment_id=invitation.assessment.id,
        to=contact.email,
        name=contact.name,
        code=mailed.code,
        minutes=MINUTES,
    )
