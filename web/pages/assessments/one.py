"""One round: where it stands, what can be done, how far the vendor is, and later the review of the answers."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from suppliers.assessment import AssessmentState
from suppliers.entitlement import BUYERS, REVIEWERS
from web.context import services_of
from web.page import render
from web.pages.assessments.acts import acts, possible
from web.pages.assessments.trail import trail
from web.pages.assessments.whole import Whole, stands, whole_of
from web.pages.reviewing.progress import Part, parts
from web.pages.reviewing.sheet import Sheet, sheet_of
from web.staff import SignedIn, Staff

router = APIRouter()
DRAFT = frozenset({AssessmentState.OPENED, AssessmentState.SENDING, AssessmentState.SENT, AssessmentState.BEGUN})


@router.get("/assessments/{assessment_id:uuid}")
async def one(request: Request, staff: Staff, assessment_id: UUID) -> Response:
    services = services_of(request)
    whole = await whole_of(request, assessment_id)
    today, then = services.clock.now().date(), whole.past is not None
    return render(
        request,
        "staff/assessments/one.html",
        whole=whole,
        round=whole.round,
        standing=stands(request, whole),
        acts=[] if then else possible(whole.round, staff.actor, today),
        closing=next(act for act in acts(today) if act.key == "close"),
        trail=await trail(services.pool, services.archive, whole),
        parts=_parts(whole),
        sheet=_sheet(request, whole, staff),
        buys=not then and staff.holds(*BUYERS),
        reviews=not then and staff.holds(*REVIEWERS),
    )


def _parts(whole: Whole) -> list[Part]:
    """How far each section is, while answers are a draft: what the vendor writes is theirs until they submit."""
    return parts(whole.questionnaire, whole.round) if whole.round.state is not AssessmentState.SUBMITTED else []


def _sheet(request: Request, whole: Whole, staff: SignedIn) -> Sheet | None:
    """The answers, once they were handed in."""
    if whole.round.submitted_at is None:
        return None
    return sheet_of(whole, staff.actor, request.query_params.get("show", ""))
