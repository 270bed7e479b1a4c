"""An answer or a comment, saved: acknowledged only when it is on the log."""

from __future__ import annotations

from gettext import gettext as _
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from suppliers.answering import RecordAnswer, WithdrawAnswer
from suppliers.assessment import Answer
from suppliers.errors import AnswerOvertaken
from suppliers.ports import Command
from suppliers.questionnaires.answers import InvalidAnswer
from suppliers.questionnaires.model import AnswerType, Question
from web.answer.about import names
from web.answer.desk import AtDesk, Desk
from web.answer.pages import section_page
from web.answer.wording import Typed, in_words
from web.context import pages_of, services_of, wants_json
from web.refusals import refused

router = APIRouter(prefix="/answers/{assessment_id}/questions/{question}")


@router.post("")
async def save(request: Request, desk: AtDesk, question: str) -> Response:
    """Record what was entered; an emptied field takes the answer back."""
    asked = desk.question(question)
    desk.need_writable()
    values, seen = await _sent(request)
    present = desk.assessment.answers.get(asked.id)
    try:
        if asked.type is AnswerType.FILE:
            raise InvalidAnswer("Attach the file itself.")
        await desk.issue(_command(desk, asked, values, present, seen))
    except InvalidAnswer as fault:
        return await _not_saved(desk, asked, fault, Typed(values_typed(asked, values), None, _(fault.sentence)))
    except AnswerOvertaken as fault:
        return await _overtaken(desk, asked, values, fault)
    return await _saved(desk, asked)


@router.post("/note")
async def comment(request: Request, desk: AtDesk, question: str) -> Response:
    """Record a comment on an answer."""
    asked = desk.question(question)
    desk.need_writable()
    form = await request.form()
    note, present = str(form.get("note", "")).strip(), desk.assessment.answers.get(asked.id)
    _values, seen = await _sent(request)
    try:
        if present is None or present.value is None:
            raise InvalidAnswer("Answer the question first; then your comment can be saved with it.")
        if len(note) > LONGEST_NOTE:
            raise InvalidAnswer("The comment has more than {most} characters.", most=LONGEST_NOTE)
        record = RecordAnswer(
            assessment_id=desk.assessment.id, question=asked.id, value=present.value, note=note, seen=seen
        )
        await desk.issue(record)
    except (InvalidAnswer, AnswerOvertaken) as fault:
        typed = Typed(note=note, note_error=_(fault.sentence))
        return await _not_saved(desk, asked, fault, typed)
    return await _saved(desk, asked)


LONGEST_NOTE = 5000


def values_typed(question: Question, values: list[str]) -> Any:
    """What was entered, in the shape the field shows it."""
    if question.type is AnswerType.MULTI_CHOICE:
        return values
    return values[0] if values else None


async def _sent(request: Request) -> tuple[list[str], int]:
    form = await request.form()
    values = [value for value in form.getlist("value") if isinstance(value, str) and value.strip()]
    revision = str(form.get("revision", ""))
    return values, int(revision) if revision.isdecimal() and len(revision) < 10 else 0


def _command(desk: Desk, question: Question, values: list[str], present: Answer | None, seen: int) -> Command:
    id = desk.assessment.id
    if not values:
        return WithdrawAnswer(assessment_id=id, question=question.id, seen=seen)
    note = present.note if present else ""
    value: object = values if question.type is AnswerType.MULTI_CHOICE else values[0]
    return RecordAnswer(assessment_id=id, question=question.id, value=value, note=note, seen=seen)


async def _saved(desk: Desk, question: Question) -> Response:
    """What the script needs to know; without a script, the section again, at the question."""
    desk = await desk.again()
    if not wants_json(desk.request):
        return RedirectResponse(f"{desk.base}/sections/{question.section}#q-{question.id}", 303)
    answered, asked = desk.sheet.progress
    answer = desk.assessment.answers.get(question.id)
    at = answer.at if answer else services_of(desk.request).clock.now()
    return JSONResponse(
        {
            "saved_at": pages_of(desk.request).environment.filters["time"](at),
            "revision": answer.revision if answer else 0,
            "progress": {"answered": answered, "asked": asked},
            "sections": {part.id: [part.answered, part.asked] for part in desk.sheet.parts},
            "asked": desk.sheet.asked,
        }
    )


async def _not_saved(desk: Desk, question: Question, fault: InvalidAnswer | AnswerOvertaken, typed: Typed) -> Response:
    """A sentence at the question, and what was typed still in its field."""
    if wants_json(desk.request):
        return refused(desk.request, fault)
    status = 409 if isinstance(fault, AnswerOvertaken) else 422
    desk = await desk.again()
    return await section_page(desk, desk.part(question.section), {question.id: typed}, status_code=status)


async def _overtaken(desk: Desk, question: Question, values: list[str], fault: AnswerOvertaken) -> Response:
    """A colleague's answer beside this one; the person chooses."""
    desk = await desk.again()
    theirs = desk.assessment.answers[question.id]
    by = (await names(services_of(desk.request).office, {theirs.by}))[theirs.by]
    at = pages_of(desk.request).environment.filters["time"](theirs.at)
    text = in_words(question, theirs.value) if theirs.value is not None else _("(no answer)")
    if wants_json(desk.request):
        shown = {"value": theirs.value, "text": text, "by": by, "at": at, "revision": theirs.revision}
        return JSONResponse({"error": _(fault.sentence), "theirs": shown}, 409)
    said = _(
        "%(by)s answered this at %(at)s: “%(text)s”. Yours is below and is not saved. Save it again to keep yours."
    ) % {"by": by, "at": at, "text": text}
    return await _not_saved(desk, question, fault, Typed(values_typed(question, values), None, said))
