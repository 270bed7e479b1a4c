"""One question: the brief with the decision form, and after the decision its record."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from projections import people
from projections.people import PersonEntry
from suppliers.entitlement import BUYERS, REVIEWERS
from suppliers.errors import NoSeat, NotEntitled, OwnRequest, PackOutdated, Refusal, StaleWrite, ValidityTooLong
from suppliers.governance import DecideReview
from suppliers.governance.validity import longest
from suppliers.review import Outcome
from suppliers.supplier import IN_SERVICE, Standing
from web.context import services_of
from web.flashes import flash
from web.orders import issue
from web.page import render
from web.pages.asks import as_date, version_seen
from web.pages.council.brief import Brief, brief_of
from web.pages.council.decision_form import MOST, WORDS, Decision, Draft, read
from web.pages.given import given_in
from web.pages.supplier.reading import reading
from web.staff import SignedIn, Staff

router = APIRouter()
ONE = "/council/{review_id:uuid}"
VIEWS = ["docket", "dossier", "register", "posture", "renewals", "activity"]
FINAL = (StaleWrite, NotEntitled, NoSeat, OwnRequest)
"""These have a page of their own; everything else is said beside the form, and nothing typed is lost."""


@router.get(ONE)
async def show(request: Request, staff: Staff, review_id: UUID) -> Response:
    return await _page(request, staff, await brief_of(request, review_id), Decision())


@router.post(ONE)
async def decide(request: Request, staff: Staff, review_id: UUID) -> Response:
    given, brief = await given_in(request), await brief_of(request, review_id)
    services = services_of(request)
    able = {str(each.id) for each in await _staff(request)}
    form = read(given, able, services.clock.now().date())
    if given.one("do") == "add":
        form.errors.clear()
        form.rows = [*form.rows, Draft()][:MOST]
        return await _page(request, staff, brief, form, status_code=200)
    if form.errors or brief.current is None:
        return await _page(request, staff, brief, form, status_code=422)
    outcome = Outcome(form.outcome)
    command = DecideReview(
        review_id=review_id,
        outcome=outcome,
        reasons=form.reasons,
        conditions=form.conditions if outcome is Outcome.CONDITIONAL else (),
        valid_until=as_date(form.valid_until),
        current=brief.current,
        expected_version=version_seen(given),
    )
    try:
        await issue(request, command, views=VIEWS)
    except FINAL:
        raise
    except PackOutdated:
        return await _page(request, staff, brief, form, status_code=409)
    except Refusal as refusal:
        form.errors["valid_until" if isinstance(refusal, ValidityTooLong) else "outcome"] = refusal.sentence
        return await _page(request, staff, brief, form, status_code=422)
    flash(request, "The decision is recorded. The owner is told by mail.")
    return RedirectResponse(brief.here, 303)


async def _page(request: Request, staff: SignedIn, brief: Brief, form: Decision, *, status_code: int = 200) -> Response:
    services = services_of(request)
    today = services.clock.now().date()
    read_as = reading(brief.judged, f"/suppliers/{brief.supplier.id}")
    limits = {each: longest(each, brief.review.pack.tier, services.policy, today) for each in Outcome}
    return render(
        request,
        "staff/council/brief.html" if brief.open else "staff/council/record.html",
        status_code=status_code,
        brief=brief,
        review=brief.review,
        form=form,
        reading=read_as,
        result=read_as.result if read_as else None,
        outcomes=[(each.value, *WORDS[each]) for each in Outcome if _offered(each, brief)],
        limits=limits,
        colleagues=[(str(each.id), each.name) for each in await _staff(request)],
        why_not=brief.why_not(staff.actor),
        works=not brief.then and staff.holds(*BUYERS, *REVIEWERS),
        reviews=not brief.then and staff.holds(*REVIEWERS),
    )


def _offered(outcome: Outcome, brief: Brief) -> bool:
    """Only a supplier in service, or one that is suspended in an emergency, can be suspended."""
    return outcome is not Outcome.SUSPEND or brief.supplier.standing in IN_SERVICE | {Standing.SUSPENDED}


async def _staff(request: Request) -> list[PersonEntry]:
    return [each for each in await people.staff(services_of(request).pool) if each.active]
