"""Handing the answers in, and asking for more time to do so."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _
from typing import Annotated

from fastapi import APIRouter, Form, Request
from pydantic import BaseModel, Field
from starlette.responses import RedirectResponse, Response

from suppliers.answering import AskForTime, SubmitAnswers
from suppliers.errors import AnswersMissing, DueDateNotLater, StaleWrite
from web.answer.desk import AtDesk
from web.answer.pages import check_page
from web.flashes import flash
from web.forms import blank, parse

router = APIRouter(prefix="/answers/{assessment_id}")

Line = Annotated[str, Form(max_length=200)]


@router.post("/submit")
async def submit(
    desk: AtDesk, officer_name: Line = "", officer_title: Line = "", confirm: Line = "",
    version: Annotated[int | None, Form(ge=0, le=2**31)] = None,
) -> Response:  # fmt: skip
    """Hand in what the officer saw, under their name."""
    desk.need_writable()
    typed = {"officer_name": officer_name.strip(), "officer_title": officer_title.strip(), "confirm": confirm}
    if errors := _faults(typed):
        return await check_page(desk, errors=errors, typed=typed, status_code=422)
    order = SubmitAnswers(
        assessment_id=desk.assessment.id,
        officer_name=typed["officer_name"],
        officer_title=typed["officer_title"],
        expected_version=version,
    )
    try:
        await desk.issue(order)
    except AnswersMissing as fault:
        return await check_page(await desk.again(), typed=typed, errors={"": _(fault.sentence)}, status_code=422)
    except StaleWrite:
        sentence = _("An answer changed after you opened this page. Look at it again, then submit.")
        return await check_page(await desk.again(), errors={"": sentence}, typed=typed, status_code=409)
    return RedirectResponse(f"{desk.base}/receipt", 303)


def _faults(typed: dict[str, str]) -> dict[str, str]:
    wanted = {
        "officer_name": _("Enter the name of the person who vouches for the answers."),
        "officer_title": _("Enter their role or title."),
        "confirm": _("Confirm the statement."),
    }
    return {name: sentence for name, sentence in wanted.items() if not typed[name]}


class MoreTime(BaseModel):
    until: date = Field(json_schema_extra={"error": _("Enter the day you need, for example 2026-03-31.")})
    reason: str = Field(max_length=2000, json_schema_extra={"error": _("Say in a few words why.")})


@router.get("/time")
async def more_time(desk: AtDesk) -> Response:
    return await desk.page("vendor/time.html", form=blank(MoreTime), here="time")


@router.post("/time")
async def ask_for_time(request: Request, desk: AtDesk) -> Response:
    """Put the request on the record; somebody at the company decides."""
    desk.need_writable()
    form = await parse(request, MoreTime)
    if form.ok:
        try:
            await desk.issue(AskForTime(assessment_id=desk.assessment.id, **form.value.model_dump()))
        except DueDateNotLater as fault:
            form.refuse("until", _(fault.sentence))
    if not form.ok:
        return await desk.page("vendor/time.html", form=form, here="time", status_code=422)
    flash(request, _("Your request was passed on. The due date stays as it is until you hear from us."))
    return RedirectResponse(desk.base, 303)
