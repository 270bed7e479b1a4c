"""What else can be done about a question: renew its pack, defer it, take it off, note a condition as met."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from projections import posture
from suppliers import governance
from suppliers.entitlement import BUYERS, REVIEWERS
from suppliers.errors import NoSuchRecord, UnknownCondition
from suppliers.ports import SEATS, Role
from suppliers.review import Review
from suppliers.supplier import Supplier
from web.context import services_of
from web.flashes import flash
from web.orders import issue
from web.pages.asking import Place, ask_of, shown, taken
from web.pages.asks import REASON, Ask, Field, as_date, version_seen
from web.pages.given import Given, given_in
from web.staff import Staff

router = APIRouter()
VIEWS = ["docket", "dossier", "renewals", "activity"]
ONE = "/council/{review_id:uuid}"
UNTIL = Field(name="until", label="Until", kind="date", missing="Give the day on which it comes back.")
EVIDENCE = Field(name="evidence", label="How it was met", kind="textarea", missing="Say how it was met.",
                 hint="What was done, and where the proof lies.")  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Deferral(Ask):
    """Comes back on a day that is still ahead."""

    today: date

    def problems(self, given: Given) -> dict[str, str]:
        found = super().problems(given)
        until = as_date(given.one("until"))
        if until is not None and until <= self.today:
            found["until"] = "Until: choose a day in the future."
        return found


def acts(today: date) -> dict[str, Ask]:
    """By name."""
    return {
        "defer": Deferral(key="defer", link="Not yet", title="Defer the decision", roles=SEATS | {Role.RISK_MANAGER},
            lead="The council wants something first. The question stays on the docket and comes back on that day.",
            fields=(REASON, UNTIL), button="Defer", done="The decision is deferred.", today=today,
            order=lambda given, id: governance.DeferReview(
                review_id=id, reason=given.one("reason"), until=as_date(given.one("until")) or date.min)),
        "withdraw": Ask(key="withdraw", link="Take it off the docket", title="Take the question off the docket",
            roles=BUYERS | REVIEWERS, fields=(REASON,), danger=True, button="Take it off",
            done="The question is off the docket.",
            order=lambda given, id: governance.WithdrawReview(review_id=id, reason=given.one("reason"))),
    }  # fmt: skip


@router.post(ONE + "/pack")
async def renew_pack(request: Request, staff: Staff, review_id: UUID) -> Response:
    """Put the present posture under the question."""
    services, given = services_of(request), await given_in(request)
    review = await services.office.load(Review, review_id)
    pack = await posture.pack(services.pool, review.use_id)
    if pack is None:
        raise NoSuchRecord
    command = governance.RenewPack(review_id=review_id, pack=pack, expected_version=version_seen(given))
    renewed = await issue(request, command, views=VIEWS)
    said = "The question now rests on the present posture." if renewed else "It rests on the present posture already."
    flash(request, said, "good" if renewed else "info")
    return RedirectResponse(f"/council/{review_id}", 303)


@router.get(ONE + "/do/{key}")
async def ask(request: Request, staff: Staff, review_id: UUID, key: str) -> Response:
    return shown(request, ask_of(_acts(request), key, staff.actor), await _place(request, review_id))


@router.post(ONE + "/do/{key}")
async def act(request: Request, staff: Staff, review_id: UUID, key: str) -> Response:
    return await taken(
        request, ask_of(_acts(request), key, staff.actor), review_id, await _place(request, review_id), VIEWS
    )


@router.get(ONE + "/conditions/{index:int}")
async def ask_met(request: Request, staff: Staff, review_id: UUID, index: int) -> Response:
    place = await _place(request, review_id, index)
    return shown(request, ask_of({"met": _met(index)}, "met", staff.actor), place)


@router.post(ONE + "/conditions/{index:int}")
async def met(request: Request, staff: Staff, review_id: UUID, index: int) -> Response:
    place = await _place(request, review_id, index)
    return await taken(request, ask_of({"met": _met(index)}, "met", staff.actor), review_id, place, VIEWS)


def _acts(request: Request) -> dict[str, Ask]:
    return acts(services_of(request).clock.now().date())


def _met(index: int) -> Ask:
    return Ask(key="met", link="Met", title="This condition is met", roles=REVIEWERS, fields=(EVIDENCE,),
               button="Note it as met", versioned=False, done="The condition is met.",
               order=lambda given, id: governance.MeetCondition(
                   review_id=id, index=index, evidence=given.one("evidence")))  # fmt: skip


async def _place(request: Request, review_id: UUID, index: int | None = None) -> Place:
    services = services_of(request)
    review = await services.office.load(Review, review_id)
    supplier = await services.office.load(Supplier, review.supplier_id)
    if index is not None and not 0 <= index < len(review.conditions):
        raise UnknownCondition
    here = f"/council/{review_id}"
    return Place(
        about=review.question if index is None else review.conditions[index].text,
        back=here,
        section="council",
        crumbs=[("Council", "/council"), (supplier.details.name, here)],
        version=review.version,
    )
