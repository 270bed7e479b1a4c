"""Verdicts on answers, given without leaving the page; without a script the page comes back where one was."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from suppliers.assessment import Verdict
from suppliers.diligence import AcceptAnswers, ClearFlag, ReviewAnswer
from suppliers.errors import Refusal, UnknownQuestion
from web.context import came_from, is_htmx
from web.flashes import flash
from web.orders import issue
from web.page import render
from web.pages.asks import version_seen
from web.pages.assessments.whole import Whole, stands, whole_of
from web.pages.given import Given, given_in
from web.pages.reviewing.item import Item, item_of
from web.pages.reviewing.sheet import sheet_of
from web.staff import SignedIn, Staff

router = APIRouter()
ONE = "/assessments/{assessment_id:uuid}"
VIEWS = ["assessments", "posture"]
SCORES = ("0", "0.25", "0.5", "0.75", "1")
NEEDS_REASON = frozenset({Verdict.WEAK, Verdict.CONTRADICTED, Verdict.CHALLENGED})
NEEDS_SCORE = frozenset({Verdict.ACCEPTED, Verdict.INDEPENDENT, Verdict.WEAK})


@router.post(ONE + "/answers/{question}")
async def judge(request: Request, staff: Staff, assessment_id: UUID, question: str) -> Response:
    given, whole = await given_in(request), await whole_of(request, assessment_id)
    item = _item(whole, question)
    problem = problem_with(given, item)
    if problem:
        return await _again(request, staff, whole, item, given, problem)
    score = given.choice("score", SCORES) if item.scored_by_hand else None
    command = ReviewAnswer(
        assessment_id=assessment_id,
        question=question,
        verdict=Verdict(given.one("verdict")),
        score=None if score is None else float(score),
        reason=given.one("reason"),
    )
    try:
        await issue(request, command, views=() if is_htmx(request) else VIEWS)
    except Refusal as refusal:
        if not is_htmx(request):
            raise
        return await _again(request, staff, whole, item, given, refusal.sentence)
    return await _judged(request, staff, assessment_id, question)


@router.post(ONE + "/flags/{key}/clear")
async def clear(request: Request, staff: Staff, assessment_id: UUID, key: str) -> Response:
    given = await given_in(request)
    question = key.rpartition(":")[0]
    whole = await whole_of(request, assessment_id)
    item = _item(whole, question)
    if not given.one("reason"):
        return await _again(request, staff, whole, item, given, "Say why the flag does not stand.")
    await issue(request, ClearFlag(assessment_id=assessment_id, key=key, reason=given.one("reason")), views=VIEWS)
    return await _judged(request, staff, assessment_id, question)


@router.post(ONE + "/accept-remaining")
async def accept_remaining(request: Request, staff: Staff, assessment_id: UUID) -> Response:
    seen = version_seen(await given_in(request))
    position = await issue(request, AcceptAnswers(assessment_id=assessment_id, expected_version=seen), views=VIEWS)
    said = "Accepted. What still needs a score is below." if position else "There was nothing left to accept."
    flash(request, said, "good" if position else "info")
    return RedirectResponse(f"/assessments/{assessment_id}?show=open", 303)


def problem_with(given: Given, item: Item) -> str:
    """What is missing from a verdict, in a sentence."""
    try:
        verdict = Verdict(given.one("verdict"))
    except ValueError:
        return "Choose a verdict."
    if item.scored_by_hand and verdict in NEEDS_SCORE:
        if given.choice("score", SCORES) is None:
            return "Give a score: nobody else can say what a text is worth."
        if not given.one("reason"):
            return "Say in a few words why it gets this score."
    if verdict in NEEDS_REASON and not given.one("reason"):
        return "Give a reason in words; it is kept on the record."
    return ""


def _item(whole: Whole, question: str) -> Item:
    asked = whole.questionnaire.by_id.get(question)
    if asked is None:
        raise UnknownQuestion
    return item_of(whole.round, asked, whole.questionnaire.section_of[question])


async def _judged(request: Request, staff: SignedIn, assessment_id: UUID, question: str) -> Response:
    whole = await whole_of(request, assessment_id)
    if is_htmx(request):
        return _part(request, staff, whole, _item(whole, question))
    back = (came_from(request) or f"/assessments/{assessment_id}").split("#")[0]
    return RedirectResponse(f"{back}#q-{question}", 303)


async def _again(request: Request, staff: SignedIn, whole: Whole, item: Item, given: Given, problem: str) -> Response:
    """The same answer with what was typed and what is missing."""
    if is_htmx(request):
        return _part(request, staff, whole, item, given=given, problem=problem, status_code=422)
    return _part(request, staff, whole, item, "staff/reviewing/alone.html", given=given, problem=problem,
                 status_code=422)  # fmt: skip


def _part(
    request: Request, staff: SignedIn, whole: Whole, item: Item, template: str = "staff/reviewing/judged.html",
    *, status_code: int = 200, given: Given | None = None, problem: str = "",
) -> Response:  # fmt: skip
    context: dict[str, Any] = {
        "whole": whole,
        "round": whole.round,
        "sheet": sheet_of(whole, staff.actor, ""),
        "standing": stands(request, whole),
        "item": item,
        "given": given or Given({}),
        "problem": problem,
    }
    return render(request, template, status_code=status_code, **context)
