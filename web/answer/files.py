"""Evidence: kept first, attached then; given out only within its own assessment."""

from __future__ import annotations

import asyncio
from gettext import gettext as _
from typing import Any
from uuid import UUID, uuid5

from fastapi import APIRouter, Request, UploadFile
from starlette.datastructures import UploadFile as Sent
from starlette.responses import JSONResponse, RedirectResponse, Response

from suppliers.answering import AttachEvidence, RemoveEvidence
from suppliers.assessment import Evidence
from suppliers.errors import NoSuchRecord
from suppliers.questionnaires.answers import MOST_FILES, InvalidAnswer
from suppliers.questionnaires.model import Question
from web.answer.desk import AtDesk, Desk
from web.answer.pages import section_page
from web.answer.wording import Typed, as_listed
from web.context import pages_of, services_of, wants_json
from web.evidence.blobs import give_out, keep
from web.refusals import refused

router = APIRouter(prefix="/answers/{assessment_id}")


@router.post("/questions/{question}/evidence")
async def attach(request: Request, desk: AtDesk, question: str) -> Response:
    """Take files for a question: each is in the database for good before it is attached."""
    asked = desk.question(question)
    desk.need_writable()
    try:
        for upload in await _uploads(request):
            if sum(each.question == asked.id for each in desk.assessment.evidence.values()) >= MOST_FILES:
                raise InvalidAnswer("A question can hold {most} files. Remove one first.", most=MOST_FILES)
            await _attach(desk, asked, upload)
            desk = await desk.again()
    except InvalidAnswer as fault:
        if wants_json(request):
            return refused(request, fault)
        typed = Typed(file_error=_(fault.sentence))
        return await section_page(desk, desk.part(asked.section), {asked.id: typed}, status_code=422)
    return _attached(desk, asked)


@router.get("/evidence/{evidence_id}")
async def download(desk: AtDesk, evidence_id: UUID) -> Response:
    return await give_out(services_of(desk.request).pool, _own(desk, evidence_id))


@router.post("/evidence/{evidence_id}/remove")
async def remove(desk: AtDesk, evidence_id: UUID) -> Response:
    evidence = _own(desk, evidence_id)
    desk.need_writable()
    await desk.issue(RemoveEvidence(assessment_id=desk.assessment.id, evidence_id=evidence_id))
    return RedirectResponse(_place(desk, desk.question(evidence.question)), 303)


def _own(desk: Desk, evidence_id: UUID) -> Evidence:
    evidence = desk.assessment.evidence.get(evidence_id)
    if evidence is None:
        raise NoSuchRecord
    return evidence


async def _uploads(request: Request) -> list[UploadFile]:
    sent = [each for each in (await request.form()).getlist("file") if isinstance(each, Sent) and each.filename]
    if not sent:
        raise InvalidAnswer("Choose a file first.")
    return [UploadFile(each.file, size=each.size, filename=each.filename, headers=each.headers) for each in sent]


async def _attach(desk: Desk, question: Question, upload: UploadFile) -> None:
    """The same file for the same question is the same evidence, however often it is sent."""
    services = services_of(desk.request)
    turn: asyncio.Semaphore = desk.request.app.state.storing
    kept = await keep(services.pool, upload, most=services.upload_limit, turn=turn)
    attach = AttachEvidence(
        assessment_id=desk.assessment.id,
        evidence_id=uuid5(desk.assessment.id, f"{question.id}/{kept.sha256}/{kept.filename}"),
        question=question.id,
        filename=kept.filename,
        media_type=kept.media_type,
        size=kept.size,
        sha256=kept.sha256,
    )
    await desk.issue(attach)


def _attached(desk: Desk, question: Question) -> Response:
    if not wants_json(desk.request):
        return RedirectResponse(_place(desk, question), 303)
    files: list[Any] = [as_listed(each, desk.assessment.id, editable=True) for each in desk.sheet.entry(question).files]
    macros: Any = pages_of(desk.request).environment.globals["answers"]
    return JSONResponse({"html": str(macros.files(question.id, files, desk.vendor.csrf))}, 201)


def _place(desk: Desk, question: Question) -> str:
    return f"{desk.base}/sections/{question.section}#q-{question.id}"
