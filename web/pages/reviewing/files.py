"""Evidence for whoever reviews it, as a download."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from suppliers.assessment import Assessment
from suppliers.errors import UnknownEvidence
from web.context import services_of
from web.evidence.blobs import give_out
from web.staff import Staff

router = APIRouter()


@router.get("/assessments/{assessment_id:uuid}/evidence/{evidence_id:uuid}")
async def evidence(request: Request, staff: Staff, assessment_id: UUID, evidence_id: UUID) -> Response:
    services = services_of(request)
    round = await services.office.load(Assessment, assessment_id)
    if round.submitted_at is None or evidence_id not in round.evidence:
        raise UnknownEvidence  # what is not handed in is still the vendor's
    return await give_out(services.pool, round.evidence[evidence_id])
