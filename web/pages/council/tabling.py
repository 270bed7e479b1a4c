"""Asking the council: the question, and the posture it will be decided on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from projections import docket, posture
from projections.posture import SupplierPosture
from suppliers.entitlement import BUYERS, REVIEWERS
from suppliers.errors import NotEntitled, ReasonMissing
from suppliers.governance import TableReview
from suppliers.review import Pack, ReviewState
from suppliers.supplier import Supplier
from suppliers.use import Use, UseState
from web.context import services_of
from web.flashes import flash
from web.orders import issue, new_id
from web.page import render
from web.pages.council.candidates import candidates
from web.pages.given import given_in
from web.pages.opening.hurdles import Hurdle
from web.pages.supplier.reading import reading
from web.staff import SignedIn, Staff

router = APIRouter()
NEW = "/council/new"
VIEWS = ["docket", "dossier", "renewals", "activity"]


@dataclass(frozen=True)
class Tabling:
    """A use that is about to be tabled; without a pack it cannot be."""

    use: Use
    supplier: Supplier
    kept: SupplierPosture | None
    pack: Pack | None
    hurdles: Sequence[Hurdle]

    @property
    def question(self) -> str:
        """What the council is asked, as long as nobody words it otherwise."""
        name = self.supplier.details.name
        again = {UseState.APPROVED, UseState.CONDITIONAL, UseState.UNDER_REVIEW}
        return f"May we {'go on using' if self.use.state in again else 'use'} {name} for: {self.use.title}?"

    @property
    def doubts(self) -> list[str]:
        """What makes this posture a weak ground."""
        if self.pack is None:
            return []
        found = []
        if self.pack.provisional:
            found.append("The posture is provisional: answers are open or not reviewed yet.")
        if self.pack.confidence < 0.5:
            found.append(f"Confidence is low ({self.pack.confidence:.0%}): little of it is proven.")
        if self.pack.knock_outs:
            found.append("A knock-out is open. It must be cleared before an approval.")
        return found

    @property
    def seen(self) -> str:
        """The posture shown, so that it is noticed when another one would be tabled."""
        return "" if self.pack is None else self.pack.model_dump_json()


@router.get(NEW)
async def ask(request: Request, staff: Staff, use: UUID | None = None, supplier: UUID | None = None) -> Response:
    _allowed(staff)
    if use is None:
        found = await candidates(services_of(request).pool, supplier)
        return render(request, "staff/council/choose.html", candidates=found)
    tabling = await _tabling(request, use)
    return _form(request, tabling, tabling.question)


@router.post(NEW)
async def table(request: Request, staff: Staff) -> Response:
    _allowed(staff)
    given = await given_in(request)
    tabling = await _tabling(request, given.id("use") or UUID(int=0))
    question = given.one("question")
    if tabling.pack is None or tabling.hurdles:
        return _form(request, tabling, question, status_code=409)
    if _moved(given.one("seen"), tabling.pack):
        said = "The posture changed while you were looking. This is the present one; table it if it is still right."
        return _form(request, tabling, question, notice=said, status_code=409)
    command = TableReview(
        review_id=await new_id(request, "review"), use_id=tabling.use.id, question=question, pack=tabling.pack
    )
    try:
        await issue(request, command, views=VIEWS)
    except ReasonMissing:
        return _form(request, tabling, question, error="Put the question in words.", status_code=422)
    flash(request, "It is on the docket.")
    return RedirectResponse(f"/council/{command.review_id}", 303)


def _allowed(staff: SignedIn) -> None:
    if not staff.holds(*BUYERS, *REVIEWERS):
        raise NotEntitled


def _moved(seen: str, pack: Pack) -> bool:
    try:
        return Pack.model_validate_json(seen).outdated_by(pack)
    except ValueError:
        return True


async def _tabling(request: Request, use_id: UUID) -> Tabling:
    services = services_of(request)
    use = await services.office.load(Use, use_id)
    supplier = await services.office.load(Supplier, use.supplier_id)
    pack = await posture.pack(services.pool, use_id)
    found = []
    if pack is None or use.intake is None:
        found.append(Hurdle("It has no posture yet, because its intake is missing.", "Answer the intake",
                            f"/suppliers/{supplier.id}/uses/{use.id}/intake"))  # fmt: skip
    for each in await docket.of_supplier(services.pool, supplier.id):
        if each.review.use_id == use_id and each.review.state is ReviewState.TABLED:
            found.append(Hurdle("The council is asked about this use already.", "See the question",
                                f"/council/{each.review.id}"))  # fmt: skip
    return Tabling(use, supplier, await posture.of(services.pool, supplier.id), pack, found)


def _form(
    request: Request, tabling: Tabling, question: str, *, error: str = "", notice: str = "", status_code: int = 200
) -> Response:
    judged = tabling.kept.uses.get(str(tabling.use.id)) if tabling.kept else None
    read = reading(judged, f"/suppliers/{tabling.supplier.id}")
    return render(
        request,
        "staff/council/table.html",
        status_code=status_code,
        tabling=tabling,
        question=question,
        reading=read,
        result=read.result if read else None,
        error=error,
        notice=notice,
    )
