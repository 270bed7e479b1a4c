"""Answers given back to the vendor for clarification: which, why, and until when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from suppliers.assessment import AssessmentState, Verdict
from suppliers.diligence import ReturnAssessment
from suppliers.entitlement import REVIEWERS
from suppliers.errors import DueDateNotLater, NotEntitled, NotSubmitted
from web.context import services_of
from web.flashes import flash
from web.orders import issue
from web.page import render
from web.pages.asks import as_date, version_seen
from web.pages.assessments.whole import Whole, whole_of
from web.pages.given import Given, given_in
from web.pages.reviewing.sheet import sheet_of
from web.staff import SignedIn, Staff

router = APIRouter()
RETURN = "/assessments/{assessment_id:uuid}/return"
VIEWS = ["assessments", "posture", "renewals", "activity"]
MORE = timedelta(days=14)


@router.get(RETURN)
async def ask(request: Request, staff: Staff, assessment_id: UUID) -> Response:
    whole = await _returnable(request, staff, assessment_id)
    due = services_of(request).clock.now().date() + MORE
    doubted = [id for id, review in whole.round.reviews.items() if review.verdict is Verdict.CHALLENGED]
    return _form(request, staff, whole, Given({"questions": doubted, "due_on": [due.isoformat()]}), {})


@router.post(RETURN)
async def give_back(request: Request, staff: Staff, assessment_id: UUID) -> Response:
    given, whole = await given_in(request), await _returnable(request, staff, assessment_id)
    due = as_date(given.one("due_on"))
    errors = _problems(given)
    if errors or due is None:
        return _form(request, staff, whole, given, errors)
    command = ReturnAssessment(
        assessment_id=assessment_id,
        reason=given.one("reason"),
        questions=given.many("questions"),
        due_on=due,
        expected_version=version_seen(given),
    )
    try:
        await issue(request, command, views=VIEWS)
    except DueDateNotLater:
        return _form(request, staff, whole, given, {"due_on": "Choose a day in the future."})
    flash(request, "The answers went back. The vendor is told which ones and why, with a new link.")
    return RedirectResponse(whole.here, 303)


def _problems(given: Given) -> dict[str, str]:
    found = {}
    if not given.many("questions"):
        found["questions"] = "Choose at least one answer that needs clarification."
    if not given.one("reason"):
        found["reason"] = "Say what is unclear; the vendor reads it."
    if as_date(given.one("due_on")) is None:
        found["due_on"] = "Give a due date."
    return found


async def _returnable(request: Request, staff: SignedIn, assessment_id: UUID) -> Whole:
    if not staff.holds(*REVIEWERS):
        raise NotEntitled
    whole = await whole_of(request, assessment_id)
    if whole.round.state is not AssessmentState.SUBMITTED:
        raise NotSubmitted
    return whole


def _form(request: Request, staff: SignedIn, whole: Whole, given: Given, errors: Mapping[str, Any]) -> Response:
    return render(
        request,
        "staff/reviewing/return.html",
        status_code=422 if errors else 200,
        whole=whole,
        sheet=sheet_of(whole, staff.actor, "all"),
        given=given,
        errors=errors,
    )
