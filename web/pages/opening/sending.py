"""The second step: the mail as it will go out, one's own words in it, and the button."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from suppliers.assessment import Assessment
from suppliers.diligence import SendQuestionnaire
from suppliers.entitlement import BUYERS
from suppliers.errors import NotEntitled, Refusal
from suppliers.supplier import Supplier
from web.context import is_htmx, services_of
from web.flashes import flash
from web.orders import issue
from web.page import fragment, render
from web.pages.asks import version_seen
from web.pages.given import given_in
from web.pages.opening import hurdles
from web.services import Preview
from web.staff import SignedIn, Staff

router = APIRouter()
SEND = "/assessments/{assessment_id:uuid}/send"
VIEWS = ["assessments", "activity"]
LONGEST = 2000
SHUT_IN = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'self'"
"""A mail has its styles inline; nothing else of it may do anything, and only our own page may frame it."""


@dataclass(frozen=True)
class Sending:
    """A round that is about to be sent. Without a letter something stands in the way."""

    round: Assessment
    supplier: Supplier
    message: str
    letter: Preview | None
    hurdles: list[hurdles.Hurdle]

    @property
    def here(self) -> str:
        return f"/assessments/{self.round.id}"


@router.get(SEND)
async def look(request: Request, staff: Staff, assessment_id: UUID) -> Response:
    return render(request, "staff/opening/send.html", sending=await _sending(request, staff, assessment_id), error="")


@router.post(SEND + "/preview")
async def preview(request: Request, staff: Staff, assessment_id: UUID) -> Response:
    """The letter with the words typed so far; nothing is kept."""
    message = (await given_in(request)).one("message")
    sending = await _sending(request, staff, assessment_id, message)
    if is_htmx(request):
        return fragment(request, "staff/opening/send.html", "letter", sending=sending)
    return render(request, "staff/opening/send.html", sending=sending, error="")


@router.get(SEND + "/letter")
async def letter(request: Request, staff: Staff, assessment_id: UUID, message: str = "") -> Response:
    """The HTML part alone, shut into a frame."""
    sending = await _sending(request, staff, assessment_id, message)
    html = sending.letter.html if sending.letter else ""
    return HTMLResponse(html, headers={"Content-Security-Policy": SHUT_IN, "X-Frame-Options": "SAMEORIGIN"})


@router.post(SEND)
async def send(request: Request, staff: Staff, assessment_id: UUID) -> Response:
    given = await given_in(request)
    message = given.one("message")
    sending = await _sending(request, staff, assessment_id, message)
    if len(message) > LONGEST or sending.hurdles:
        error = f"Use at most {LONGEST} characters." if len(message) > LONGEST else ""
        return render(request, "staff/opening/send.html", status_code=422 if error else 409, sending=sending,
                      error=error)  # fmt: skip
    command = SendQuestionnaire(assessment_id=assessment_id, message=message, expected_version=version_seen(given))
    await issue(request, command, views=VIEWS)
    flash(request, "The invitation is on its way. This page says when the mail server took it.")
    return RedirectResponse(sending.here, 303)


async def _sending(request: Request, staff: SignedIn, assessment_id: UUID, message: str = "") -> Sending:
    if not staff.holds(*BUYERS):
        raise NotEntitled
    services = services_of(request)
    round = await services.office.load(Assessment, assessment_id)
    supplier = await services.office.load(Supplier, round.supplier_id)
    found = [*hurdles.of_sending(round, services.clock.now().date())]
    made: Preview | None = None
    if not found:
        try:
            made = await services.letters.preview_invitation(assessment_id, message=message[:LONGEST])
        except Refusal as refusal:
            found = [hurdles.Hurdle(refusal.sentence, "Change the contact", f"/assessments/{round.id}/do/contact")]
    return Sending(round, supplier, message, made, found)
