"""What is done about a round: each act a form of its own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from projections import people
from suppliers.assessment import Assessment
from suppliers.supplier import Supplier
from web.context import services_of
from web.pages.asking import Place, ask_of, shown, taken
from web.pages.asks import Ask
from web.pages.assessments.acts import acts
from web.staff import Staff

router = APIRouter()
VIEWS = ["assessments", "posture", "dossier"]
MORE = timedelta(days=14)
ONE = "/assessments/{assessment_id:uuid}/do/{key}"


@router.get(ONE)
async def ask(request: Request, staff: Staff, assessment_id: UUID, key: str) -> Response:
    return shown(request, ask_of(_by_key(request), key, staff.actor), await _place(request, assessment_id))


@router.post(ONE)
async def act(request: Request, staff: Staff, assessment_id: UUID, key: str) -> Response:
    place = await _place(request, assessment_id)
    return await taken(request, ask_of(_by_key(request), key, staff.actor), assessment_id, place, VIEWS)


def _by_key(request: Request) -> dict[str, Ask]:
    return {each.key: each for each in acts(services_of(request).clock.now().date())}


async def _place(request: Request, assessment_id: UUID) -> Place:
    services = services_of(request)
    round = await services.office.load(Assessment, assessment_id)
    supplier = await services.office.load(Supplier, round.supplier_id)
    contacts = await people.contacts(services.pool, round.supplier_id)
    here = f"/assessments/{assessment_id}"
    return Place(
        about=f"{supplier.details.name}, due {round.due_on.isoformat()}",
        back=here,
        section="assessments",
        crumbs=[("Assessments", "/assessments"), (supplier.details.name, here)],
        version=round.version,
        values=_suggested(round, services.clock.now().date()),
        offers={
            "contacts": tuple(
                (str(each.id), f"{each.name}, {each.email}")
                for each in contacts
                if each.active and each.id != round.contact
            )
        },
    )


def _suggested(round: Assessment, today: Any) -> dict[str, Any]:
    """What the vendor asked for, else two weeks more."""
    asked = round.more_time
    if asked is None:
        return {"due_on": (max(round.due_on, today) + MORE).isoformat()}
    return {"due_on": asked.until.isoformat(), "reason": f"The vendor asked for it: {asked.reason}"}
