"""The pages of a trial: the policy, how far it is, and who would stand elsewhere."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Request
from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse, Response

from projections.whatif import Outcome
from suppliers.bundled import bundled_text
from suppliers.errors import NoSuchRecord
from suppliers.policy import POLICIES
from suppliers.policy_trial import LONGEST, InvalidPolicy, policy_in
from suppliers.ports import SEATS, Role
from web.context import is_htmx, services_of
from web.page import fragment, render
from web.pages.exports import csv_response
from web.pages.whatif.trial import Trials
from web.staff import SignedIn, require

router = APIRouter()
Council = Annotated[SignedIn, require(*SEATS, Role.RISK_MANAGER, Role.AUDITOR)]
HERE, TRIAL = "/council/whatif", "/council/whatif/trial"
SHOWN = 200
TEMPLATE = "staff/whatif/trial.html"
HEADS = ("Supplier", "Use", "Now", "Since", "Until", "Band", "Band then", "Score", "Score then", "Why")


@router.get(HERE)
async def ask(request: Request, staff: Council) -> Response:
    """The policy in force, to be changed and tried."""
    return _form(request, bundled_text(POLICIES[-1]))


@router.post(HERE)
async def begin(request: Request, staff: Council) -> Response:
    """Check what was written and start; the policy is not kept."""
    text = await _text(request)
    try:
        policy = policy_in(text)
    except InvalidPolicy as invalid:
        return _form(request, text, invalid)
    await _trials(request).begin(staff.id, f"{policy.title} ({policy.ref})", text, services_of(request).replay)
    return RedirectResponse(TRIAL, 303)


@router.get(TRIAL)
async def show(request: Request, staff: Council) -> Response:
    """How far it is, asked again every second by the page; at the end the outcome."""
    trial = await _trials(request).of(staff.id)
    if trial is None:
        return RedirectResponse(HERE, 303)
    if is_htmx(request):
        if not trial.running:
            return Response(status_code=204, headers={"HX-Redirect": TRIAL})
        return fragment(request, TEMPLATE, "progress", trial=trial)
    outcome = await _trials(request).outcome(staff.id) if trial.finished else None
    return render(request, TEMPLATE, trial=trial, outcome=outcome, shown=SHOWN)


@router.post(TRIAL + "/end")
async def end(request: Request, staff: Council) -> Response:
    await _trials(request).end(staff.id)
    return RedirectResponse(HERE, 303)


@router.get(TRIAL + ".csv")
async def export(request: Request, staff: Council) -> Response:
    """Everything that would move, as a file."""
    outcome = await _trials(request).outcome(staff.id)
    if outcome is None:
        raise NoSuchRecord
    return csv_response("what-if", HEADS, _rows(outcome))


async def _rows(outcome: Outcome) -> AsyncIterator[tuple[object, ...]]:
    for each in outcome.moved:
        last = each.episodes[-1]
        yield (each.supplier_name, each.title, "yes" if each.now else "no", last.since, last.until, each.before.value,
               each.after.value, each.score_before, each.score_after, " ".join(each.reasons))  # fmt: skip


async def _text(request: Request) -> str:
    """What was written, or the file instead when there is one."""
    form = await request.form()
    file = form.get("file")
    if isinstance(file, UploadFile) and file.filename:
        return (await file.read(LONGEST * 4)).decode("utf-8", "replace")
    return str(form.get("policy", ""))


def _form(request: Request, text: str, invalid: InvalidPolicy | None = None) -> Response:
    faults: list[str] = list(invalid.sentences) if invalid else []
    status = 422 if faults else 200
    return render(request, "staff/whatif/ask.html", status_code=status, text=text, faults=faults, action=HERE)


def _trials(request: Request) -> Trials:
    state: Any = request.app.state
    if not hasattr(state, "trials"):
        state.trials = Trials(services_of(request).pool)
    trials: Trials = state.trials
    return trials
