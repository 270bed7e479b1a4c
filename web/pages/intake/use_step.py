"""Step three: what we use it for. The tier shows while one answers; answering anew takes the same form."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from suppliers.entitlement import WORKING_STAFF
from suppliers.intake import CompleteIntake, DescribeUse
from suppliers.use import Use
from web.context import services_of
from web.flashes import flash
from web.orders import issue, new_id
from web.page import fragment, go
from web.pages.asks import version_seen
from web.pages.given import Given, given_in
from web.pages.intake.answers import as_filled, classification, intake
from web.pages.intake.facts import UNKNOWN
from web.pages.intake.subject import Subject, subject_of
from web.pages.intake.use_form import TEMPLATE, looked_up, show
from web.staff import Staff, require

router = APIRouter(dependencies=[require(*WORKING_STAFF)])
VIEWS = ["dossier", "names", "register", "posture"]


@router.get("/suppliers/{supplier_id:uuid}/uses/new")
async def new_use(request: Request, staff: Staff, supplier_id: UUID, kind: str = "", subject: str = "") -> Response:
    return await show(request, await subject_of(request, supplier_id, kind, subject), Given({}), {})


@router.post("/suppliers/{supplier_id:uuid}/uses/new")
async def describe_use(request: Request, staff: Staff, supplier_id: UUID) -> Response:
    given = await given_in(request)
    subject = await subject_of(request, supplier_id, given.one("kind"), given.one("subject"))
    if not given.one("title"):
        return await show(request, subject, given, {"title": "Give the use a short title."})
    command = DescribeUse(
        use_id=await new_id(request, "use"),
        subject_id=subject.id,
        subject_kind=subject.kind,
        title=given.one("title"),
        purpose=given.one("purpose"),
        intake=intake(given, subject.kind, subject.known, services_of(request).policy),
        classification=classification(given),
    )
    await issue(request, command, views=VIEWS)
    return _done(request, subject, given, "The use is described")


@router.post("/suppliers/{supplier_id:uuid}/uses/preview")
async def preview_tier(request: Request, staff: Staff, supplier_id: UUID) -> Response:
    """The tier as it would come out now; nothing is recorded."""
    given = await given_in(request)
    subject = await subject_of(request, supplier_id, given.one("kind"), given.one("subject"))
    return fragment(request, TEMPLATE, "preview", preview=looked_up(request, subject, given))


@router.get("/suppliers/{supplier_id:uuid}/uses/{use_id:uuid}/intake")
async def answer_anew(request: Request, staff: Staff, supplier_id: UUID, use_id: UUID) -> Response:
    use = await services_of(request).office.load(Use, use_id)
    subject = await subject_of(request, supplier_id, use.subject_kind.value, str(use.subject_id))
    filled = {name: value if isinstance(value, list) else [value] for name, value in as_filled(use).items()}
    return await show(request, subject, Given(filled), {}, use)


@router.post("/suppliers/{supplier_id:uuid}/uses/{use_id:uuid}/intake")
async def complete_intake(request: Request, staff: Staff, supplier_id: UUID, use_id: UUID) -> Response:
    given, use = await given_in(request), await services_of(request).office.load(Use, use_id)
    subject = await subject_of(request, supplier_id, use.subject_kind.value, str(use.subject_id))
    screened = any(given.one(step) not in ("", UNKNOWN) for step in ("in_scope", "prohibited_practice"))
    command = CompleteIntake(
        use_id=use_id,
        intake=intake(given, subject.kind, subject.known, services_of(request).policy),
        classification=classification(given) if screened or use.classification is None else use.classification,
        expected_version=version_seen(given),
    )
    await issue(request, command, views=VIEWS)
    return _done(request, subject, given, "The intake is answered anew")


def _done(request: Request, subject: Subject, given: Given, what: str) -> Response:
    found = looked_up(request, subject, given)
    tier = found.rated.tier.label if found.rated.tier else "no tier: the use is prohibited"
    flash(request, f"{what}: {tier}.", "good" if found.rated.tier else "bad")
    return go(request, f"/suppliers/{subject.supplier_id}/inventory")
