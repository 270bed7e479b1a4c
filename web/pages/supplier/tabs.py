"""A supplier's page, one address for each tab."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from projections.posture import explained
from suppliers.entitlement import WORKING_STAFF
from web.context import services_of
from web.page import render
from web.pages.activity.trail import days, told
from web.pages.attestations.acts import possible as attestation_acts
from web.pages.countries import country_name
from web.pages.inventory.acts import MODEL_ACTS, SOURCE_ACTS, USE_ACTS
from web.pages.inventory.fields import SUPPLY, TRAINING
from web.pages.supplier import reading
from web.pages.supplier.acts import possible
from web.pages.supplier.around import entries_of, items_of, rounds_of
from web.pages.supplier.file import File, file_of
from web.pages.supplier.next_step import next_steps
from web.staff import SignedIn, Staff

router = APIRouter()
LATEST = 6
NOTHING: dict[str, Any] = {"models": [], "sources": [], "uses": []}
"""To be done about them."""
ONE = "/suppliers/{supplier_id:uuid}"


@router.get(ONE)
async def overview(request: Request, staff: Staff, supplier_id: UUID, use: str = "") -> Response:
    """How it stands and why: for its worst use, or for the one that is asked for."""
    file = await file_of(request, supplier_id)
    chosen = file.posture.uses.get(use) if file.posture else None
    shown = chosen or file.worst
    if shown is not None and file.posture is not None:
        shown = explained(shown, file.posture)
    read = reading.reading(shown, file.here)
    heat = reading.heat(file.posture, file.here) if file.posture else []
    entries = await entries_of(request, file, limit=LATEST)
    moment = file.past.moment if file.past else None
    latest = days(await told(services_of(request), entries, moment))
    context = {"reading": read, "heat": heat, "heads": reading.heads(), "charts": reading, "latest": latest}
    return _tab(request, staff, file, "overview", **context)


@router.get(ONE + "/inventory")
async def inventory(request: Request, staff: Staff, supplier_id: UUID) -> Response:
    file = await file_of(request, supplier_id)
    acts = (
        NOTHING
        if file.past
        else {
            "models": [act for act in MODEL_ACTS if act.allows(staff.actor)],
            "sources": [act for act in SOURCE_ACTS if act.allows(staff.actor)],
            "uses": [act for act in USE_ACTS if act.allows(staff.actor)],
        }
    )
    return _tab(request, staff, file, "inventory", acts_on=acts, supply=dict(SUPPLY), training=dict(TRAINING))


@router.get(ONE + "/assessments")
async def rounds(request: Request, staff: Staff, supplier_id: UUID) -> Response:
    file = await file_of(request, supplier_id)
    return _tab(request, staff, file, "assessments", cards=await rounds_of(request, file))


@router.get(ONE + "/attestations")
async def attestations(request: Request, staff: Staff, supplier_id: UUID) -> Response:
    file = await file_of(request, supplier_id)
    found = sorted(file.dossier.attestations.values(), key=lambda each: (each.document.valid_until is None,
                                                                         each.document.valid_until))  # fmt: skip
    acts = {each.id: [] if file.past else attestation_acts(each.state, staff.actor) for each in found}
    return _tab(request, staff, file, "attestations", attestations=found, acts_on=acts)


@router.get(ONE + "/decisions")
async def decisions(request: Request, staff: Staff, supplier_id: UUID) -> Response:
    file = await file_of(request, supplier_id)
    return _tab(request, staff, file, "decisions", items=await items_of(request, file))


async def tab(request: Request, staff: SignedIn, supplier_id: UUID, name: str, **context: Any) -> Response:
    """A tab that other modules fill."""
    return _tab(request, staff, await file_of(request, supplier_id), name, **context)


def _tab(request: Request, staff: SignedIn, file: File, tab: str, **context: Any) -> Response:
    """One tab, under the header that all share."""
    steps = [] if file.past else next_steps(file)
    return render(
        request,
        f"staff/supplier/{tab}.html",
        file=file,
        line=file.line,
        tab=tab,
        country=country_name(file.line.country),
        acts=[] if file.past else possible(file.line.standing, staff.actor),
        steps=steps,
        doable=next((step for step in steps if step.may(staff.actor)), None),
        actor=staff.actor,
        works=not file.past and staff.holds(*WORKING_STAFF),
        **context,
    )
