"""Attestations: taken in, and what is done about each."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from suppliers.assurance import GiveAttestation
from suppliers.attestation import Attestation
from suppliers.attestation_types import attestation_rules
from suppliers.entitlement import WORKING_STAFF
from suppliers.errors import NoSuchRecord
from suppliers.supplier import Supplier
from web.context import services_of
from web.orders import new_id
from web.pages.asking import Place, ask_of, shown, taken
from web.pages.asks import Ask
from web.pages.attestations.acts import ACTS, GIVE, document
from web.pages.subjects import subjects_of
from web.staff import Staff

router = APIRouter()
VIEWS = ["dossier", "names", "posture", "renewals", "activity"]
BY_KEY: dict[str, Ask] = {act.key: act for act in ACTS}
NEW = "/suppliers/{supplier_id:uuid}/attestations/new"
ONE = "/suppliers/{supplier_id:uuid}/attestations/{attestation_id:uuid}/do/{key}"


def giving(supplier_id: UUID) -> Ask:
    """The form that takes in a new attestation of this supplier."""
    return Ask(
        key="give",
        link="Add an attestation",
        title="Add an attestation",
        lead="Somebody else will verify it.",
        roles=WORKING_STAFF,
        fields=GIVE,
        button="Add it",
        versioned=False,
        done="The attestation is added; it waits to be verified.",
        order=lambda given, id: GiveAttestation(
            attestation_id=id,
            supplier_id=supplier_id,
            subject_id=given.id("subject_id"),
            type=given.one("type"),
            document=document(given),
        ),
    )


@router.get(NEW)
async def new(request: Request, staff: Staff, supplier_id: UUID) -> Response:
    ask = ask_of({"give": giving(supplier_id)}, "give", staff.actor)
    return shown(request, ask, await _place(request, supplier_id))


@router.post(NEW)
async def give(request: Request, staff: Staff, supplier_id: UUID) -> Response:
    ask = ask_of({"give": giving(supplier_id)}, "give", staff.actor)
    return await taken(request, ask, await new_id(request, "attestation"), await _place(request, supplier_id), VIEWS)


@router.get(ONE)
async def ask(request: Request, staff: Staff, supplier_id: UUID, attestation_id: UUID, key: str) -> Response:
    place = await _place(request, supplier_id, attestation_id)
    return shown(request, ask_of(BY_KEY, key, staff.actor), place)


@router.post(ONE)
async def act(request: Request, staff: Staff, supplier_id: UUID, attestation_id: UUID, key: str) -> Response:
    place = await _place(request, supplier_id, attestation_id)
    return await taken(request, ask_of(BY_KEY, key, staff.actor), attestation_id, place, VIEWS)


async def _place(request: Request, supplier_id: UUID, attestation_id: UUID | None = None) -> Place:
    services, rules = services_of(request), attestation_rules()
    supplier = await services.office.load(Supplier, supplier_id)
    here, name = f"/suppliers/{supplier_id}", supplier.details.name
    crumbs = [("Suppliers", "/suppliers"), (name, here), ("Attestations", f"{here}/attestations")]
    if attestation_id is None:
        types = tuple((each.code, each.title) for each in rules.types)
        offers = {"types": types, "subjects": await subjects_of(services.pool, supplier_id)}
        return Place(about=name, back=f"{here}/attestations", crumbs=crumbs, offers=offers)
    found = await services.office.load(Attestation, attestation_id)
    if found.supplier_id != supplier_id:
        raise NoSuchRecord
    return Place(
        about=f"{rules.type(found.type).title}, {found.document.issuer}",
        back=f"{here}/attestations",
        crumbs=crumbs,
        version=found.version,
        values={"issuer": found.document.issuer, "scope": found.document.scope},
    )
