"""A supplier's events with proofs, for whoever audits or decides."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from suppliers.entitlement import allow
from suppliers.errors import NoSuchRecord
from suppliers.ports import SEATS, Role
from web.context import services_of
from web.looking.back import past_of
from web.refusals import Answered
from web.services import Extract
from web.staff import SignedIn, Staff

router = APIRouter()
MAY = SEATS | {Role.AUDITOR, Role.RISK_MANAGER, Role.ADMINISTRATOR}


class NoDossier(Answered):
    """A dossier cannot be made at the moment."""

    def __init__(self, why: str) -> None:
        super().__init__()
        self.advice = why


def on_offer(request: Request, staff: SignedIn) -> bool:
    return services_of(request).dossier is not None and staff.holds(*MAY)


@router.get("/suppliers/{supplier_id:uuid}/dossier.zip")
async def dossier(request: Request, staff: Staff, supplier_id: UUID) -> Response:
    """To be checked offline by the script that lies in it; of a past day what counted then."""
    allow(staff.actor, MAY)
    make = services_of(request).dossier
    if make is None:
        raise NoSuchRecord
    past = await past_of(request, supplier_id)
    then = f"-{past.moment.said}" if past else ""
    headers = {"Content-Disposition": f'attachment; filename="dossier-{supplier_id}{then}.zip"',
               "Cache-Control": "no-store"}  # fmt: skip
    file = await make(supplier_id, Extract.of(past) if past else None)
    return Response(file, media_type="application/zip", headers=headers)
