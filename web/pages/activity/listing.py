"""Everything that happened, and what happened around one supplier."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any
from uuid import UUID

import asyncpg
from fastapi import APIRouter, Request
from starlette.responses import Response

from projections import activity, register
from projections.activity import KINDS, Entry, Filters
from projections.asof import Moment, naming
from suppliers.ports import SYSTEM
from web.context import is_htmx, services_of
from web.looking.back import moment_of, past_of
from web.page import fragment, render
from web.pages.activity.filters import Asked, asked
from web.pages.activity.trail import days, read, told
from web.pages.exports import csv_response
from web.pages.names import staff_named
from web.pages.supplier.dossier import on_offer
from web.pages.supplier.tabs import ONE, tab
from web.services import Services
from web.staff import Staff

router = APIRouter()
PAGE = 50
TEMPLATE = "staff/activity.html"
HEADS = ("Position", "Happened at", "Recorded at", "Who", "What", "Supplier", "Event", "Record")


@router.get("/activity")
async def everything(request: Request, staff: Staff, before: int | None = None, find: str = "") -> Response:
    """The trail, the latest first. `find` looks a supplier up by name."""
    services, wanted = services_of(request), asked(request)
    pool, moment = services.pool, await moment_of(request)
    context = await _page(services, wanted, before, "/activity", moment)
    if before is not None and is_htmx(request):
        return fragment(request, TEMPLATE, "entries", "more", oob=True, **context)
    staff_names = await staff_named(request)
    persons = [(str(SYSTEM.id), "Tierce itself"), *((str(id), name) for id, name in staff_names.items())]
    filters = register.Filters(search=find)
    found = (await register.page(pool, filters, limit=8)).rows if find.strip() else ()
    return render(
        request,
        TEMPLATE,
        oob=False,
        asked=wanted,
        kinds=[(key, label) for key, (_, label) in KINDS.items()],
        persons=persons,
        find=find,
        found=found,
        chips=_chips(wanted, dict(persons), await _called(pool, wanted.filters.supplier_id, moment)),
        **context,
    )


@router.get("/activity.csv")
async def export(request: Request, staff: Staff) -> Response:
    """Everything the filters leave, as a file."""
    lines = _export(services_of(request), asked(request), await moment_of(request))
    return csv_response("activity", HEADS, lines)


@router.get(ONE + "/activity")
async def of_supplier(request: Request, staff: Staff, supplier_id: UUID, before: int | None = None) -> Response:
    """What happened around a supplier, on its page."""
    wanted = asked(request, supplier_id)
    past = await past_of(request, supplier_id)
    path = f"/suppliers/{supplier_id}/activity"
    known = None if past is None else past.entries()
    moment = past.moment if past else None
    context = await _page(services_of(request), wanted, before, path, moment, known)
    if before is not None and is_htmx(request):
        return fragment(request, TEMPLATE, "entries", "more", oob=True, **context)
    kinds = [(key, label) for key, (_, label) in KINDS.items() if key != "Person"]
    context |= {"oob": False, "asked": wanted, "kinds": kinds, "dossier": on_offer(request, staff)}
    return await tab(request, staff, supplier_id, "activity", **context)


async def _page(
    services: Services,
    wanted: Asked,
    before: int | None,
    path: str,
    moment: Moment | None = None,
    known: Sequence[Entry] | None = None,
) -> dict[str, Any]:
    """Some of the trail as of a moment; `known` is all of it when it is one supplier's in the past."""
    if known is None:
        entries = await read(services, moment, wanted.filters, before=before, limit=PAGE + 1)
    else:
        entries = _later(known, wanted.filters, before)[: PAGE + 1]
    shown = entries[:PAGE]
    more = wanted.href(path, before=str(shown[-1].position)) if len(entries) > PAGE else ""
    return {
        "days": days(await told(services, shown, moment)),
        "more": more,
        "named": wanted.filters.supplier_id is None,
    }


def _later(known: Sequence[Entry], filters: Filters, before: int | None) -> list[Entry]:
    """Those of the kinds asked for that come after a place in the trail."""
    left = [each for each in known if not filters.kinds or each.aggregate in filters.kinds]
    if before is None:
        return left
    seen = next((place for place, each in enumerate(left, 1) if each.position == before), len(left))
    return left[seen:]


async def _called(pool: asyncpg.Pool[Any], supplier_id: UUID | None, moment: Moment | None) -> str:
    """What the supplier that is asked for is called, or was."""
    if supplier_id is None:
        return ""
    then = await naming.called(pool, [supplier_id], moment) if moment else {}
    line = None if then else await register.of(pool, supplier_id)
    return then.get(supplier_id, line.name if line else "Unknown supplier")


def _chips(wanted: Asked, persons: dict[str, str], supplier: str) -> list[tuple[str, str]]:
    """Each filter that is set, with the address without it."""

    def words(name: str, value: str) -> str:
        match name:
            case "kind":
                return KINDS[value][1]
            case "person":
                return f"By {persons.get(value, 'a contact')}"
            case "supplier":
                return f"Supplier: {supplier}"
        return f"{'From' if name == 'since' else 'Until'} {value}"

    return [(words(name, value), wanted.without(name)) for name, value in wanted.params.items()]


async def _export(services: Services, wanted: Asked, moment: Moment | None) -> AsyncIterator[tuple[object, ...]]:
    before: int | None = None
    while entries := await read(services, moment, wanted.filters, before=before, limit=500):
        names = await naming.names(services.pool, services.archive, entries, moment)
        for each in entries:
            who = names.get(each.actor, "Somebody") if each.actor else ""
            supplier = names.get(each.supplier_id, "") if each.supplier_id else ""
            yield (each.position, each.at, each.recorded_at, who, activity.sentence(each, names), supplier, each.topic,
                   each.aggregate_id)  # fmt: skip
        before = entries[-1].position
