"""The questionnaire to read: overview, all questions on one page, a section, what is missing, the receipt."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from suppliers.answering import STATEMENT, BeginAnswering
from web.answer.desk import AtDesk, Desk
from web.answer.session import leave
from web.answer.sheet import Part
from web.answer.wording import Typed

router = APIRouter(prefix="/answers/{assessment_id}")


@router.get("")
async def overview(desk: AtDesk) -> Response:
    return await desk.page("vendor/overview.html")


@router.post("/begin")
async def begin(desk: AtDesk) -> Response:
    """Take up again what came back."""
    await desk.issue(BeginAnswering(assessment_id=desk.assessment.id, link=desk.assessment.link))
    return RedirectResponse(desk.base, 303)


@router.get("/all")
async def everything(desk: AtDesk) -> Response:
    """Every question that may come up, before or while answering; made to be printed."""
    wording = await desk.wording()
    shown = [(part, wording.part(part)) for part in desk.sheet.parts]
    return await desk.page("vendor/all.html", parts=shown)


@router.get("/sections/{section}")
async def section(desk: AtDesk, section: str) -> Response:
    return await section_page(desk, desk.part(section))


@router.get("/check")
async def check(desk: AtDesk) -> Response:
    return await check_page(desk)


@router.get("/receipt")
async def receipt(desk: AtDesk) -> Response:
    """What was submitted, when and by whom; before that there is nothing to show."""
    if desk.assessment.with_vendor:
        return RedirectResponse(desk.base, 303)
    wording = await desk.wording()
    shown = [(part, [each for each in wording.part(part) if each.entry.asked]) for part in desk.sheet.parts]
    return await desk.page("vendor/receipt.html", parts=shown, submission=desk.assessment.submission)


@router.post("/leave")
async def end_session(desk: AtDesk) -> Response:
    """Close the questionnaire in this browser."""
    page = await desk.page("vendor/left.html")
    return await leave(desk.request, page, desk.vendor.session)


async def section_page(
    desk: Desk, part: Part, typed: Mapping[str, Typed] | None = None, *, status_code: int = 200
) -> Response:
    """A section; `typed` is what was sent and not saved."""
    wording = await desk.wording()
    return await desk.page(
        "vendor/section.html",
        status_code=status_code,
        part=part,
        shown=wording.part(part, typed),
        next_part=desk.sheet.after(part),
        limit=desk.files_taken,
        here=part.id,
    )


async def check_page(
    desk: Desk, *, errors: Mapping[str, str] | None = None, typed: Mapping[str, str] | None = None,
    status_code: int = 200,
) -> Response:  # fmt: skip
    """What is missing; when nothing is, the form to submit."""
    return await desk.page(
        "vendor/check.html",
        status_code=status_code,
        open=[(part, [each for each in part.entries if each.open]) for part in desk.sheet.parts if part.open],
        bare=[(part, each) for part in desk.sheet.parts for each in part.entries if each.lacks_evidence],
        statement=STATEMENT,
        errors=errors or {},
        typed=typed or {},
        here="check",
    )
