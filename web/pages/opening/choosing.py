"""The first step: about which use, whom, and until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from projections import dossier, people
from projections.dossier import UseEntry
from projections.people import PersonEntry
from suppliers.assessment import FINISHED, Assessment
from suppliers.diligence import OpenAssessment
from suppliers.entitlement import BUYERS
from suppliers.errors import DueDateNotLater, NoSuchRecord, NotEntitled
from suppliers.factors import Tier
from suppliers.questionnaires import minutes, possible
from suppliers.supplier import Supplier
from web.context import services_of
from web.orders import issue, new_id
from web.page import render
from web.pages.asks import as_date
from web.pages.given import Given, given_in
from web.pages.opening import hurdles
from web.pages.opening.hurdles import Hurdle
from web.staff import SignedIn, Staff

router = APIRouter()
NEW = "/suppliers/{supplier_id:uuid}/assessments/new"
VIEWS = ["assessments", "dossier", "posture", "activity"]


@dataclass(frozen=True)
class Choice:
    """What there is to choose from, and what stands in the way."""

    supplier: Supplier
    uses: Sequence[UseEntry]
    use: UseEntry | None
    contacts: Sequence[PersonEntry]
    hurdles: Sequence[Hurdle]

    @property
    def here(self) -> str:
        return f"/suppliers/{self.supplier.id}"

    @property
    def offers(self) -> list[tuple[str, str]]:
        """Who could answer."""
        return [(str(each.id), f"{each.name}, {each.email}") for each in self.contacts]


@router.get(NEW)
async def ask(request: Request, staff: Staff, supplier_id: UUID, use: str = "") -> Response:
    choice = await _choice(request, staff, supplier_id, use)
    contact = str(choice.supplier.contact or "")
    return _form(request, choice, Given({"contact": [contact], "due_on": [_default_due(request, choice)]}), {})


@router.post(NEW)
async def open_round(request: Request, staff: Staff, supplier_id: UUID) -> Response:
    given = await given_in(request)
    choice = await _choice(request, staff, supplier_id, given.one("use"))
    errors = _problems(given, choice)
    if errors or choice.hurdles or choice.use is None:
        return _form(request, choice, given, errors)
    command = OpenAssessment(
        assessment_id=await new_id(request, "assessment"),
        use_id=choice.use.id,
        contact=given.id("contact"),
        due_on=as_date(given.one("due_on")),
    )
    try:
        await issue(request, command, views=VIEWS)
    except DueDateNotLater:
        return _form(request, choice, given, {"due_on": "Choose a day in the future."})
    return RedirectResponse(f"/assessments/{command.assessment_id}/send", 303)


def _problems(given: Given, choice: Choice) -> dict[str, str]:
    found = {}
    if choice.use is None:
        found["use"] = "Choose what the questions are about."
    if given.one("contact") not in {str(each.id) for each in choice.contacts}:
        found["contact"] = "Choose who answers."
    if given.one("due_on") and as_date(given.one("due_on")) is None:
        found["due_on"] = "Give a day, for example 2027-03-31."
    return found


async def _choice(request: Request, staff: SignedIn, supplier_id: UUID, use_id: str) -> Choice:
    if not staff.holds(*BUYERS):
        raise NotEntitled
    services = services_of(request)
    supplier = await services.office.load(Supplier, supplier_id)
    kept = await dossier.of(services.pool, supplier_id)
    uses = [use for use in kept.uses.values() if use.active] if kept else []
    chosen = next((use for use in uses if str(use.id) == use_id), uses[0] if len(uses) == 1 else None)
    if use_id and chosen is None:
        raise NoSuchRecord
    contacts = [each for each in await people.contacts(services.pool, supplier_id) if each.active]
    here = f"/suppliers/{supplier_id}"
    found = [*hurdles.of_supplier(supplier), *(hurdles.of_use(chosen, here) if chosen else ())]
    if chosen and chosen.assessment_id:
        found += await _running(request, chosen.assessment_id)
    if not uses:
        found.append(Hurdle("Nothing is described yet that we use it for.", "Describe a use", f"{here}/inventory"))
    return Choice(supplier, uses, chosen, contacts, found)


async def _running(request: Request, assessment_id: UUID) -> list[Hurdle]:
    services = services_of(request)
    round = await services.office.load(Assessment, assessment_id)
    if round.state in FINISHED:
        return []
    named = await people.names(services.pool, [round.contact])
    return [hurdles.of_running(round, named.get(round.contact, "Somebody"))]


def _default_due(request: Request, choice: Choice) -> str:
    """The policy's deadline for the tier."""
    if choice.use is None or choice.use.tier is None:
        return ""
    services = services_of(request)
    days = services.policy.cadence[Tier(choice.use.tier)].answer_days
    return (services.clock.now().date() + timedelta(days=days)).isoformat()


def _form(request: Request, choice: Choice, given: Given, errors: Mapping[str, str]) -> Response:
    return render(
        request,
        "staff/opening/choose.html",
        status_code=422 if errors else 409 if request.method == "POST" else 200,
        choice=choice,
        given=given,
        errors=errors,
        about=_about(request, choice),
    )


def _about(request: Request, choice: Choice) -> Mapping[str, Any] | None:
    """What the vendor will be asked: the questionnaire, how much, and how long it takes."""
    if choice.use is None or choice.use.intake is None or choice.use.tier is None:
        return None
    questionnaire = services_of(request).library.latest(choice.use.subject_kind.value)
    asked = possible(questionnaire, choice.use.intake.facts)
    cadence = services_of(request).policy.cadence[Tier(choice.use.tier)]
    return {
        "questionnaire": questionnaire,
        "questions": len(asked),
        "minutes": minutes(asked),
        "days": cadence.answer_days,
    }
