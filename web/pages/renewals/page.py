"""The renewals calendar: what is late on top, then the month."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from projections.renewals import Filters, Kind
from web.context import services_of
from web.page import render
from web.pages.names import names_of
from web.pages.renewals.entries import KINDS, Line, between, late, weeks
from web.pages.renewals.ical import Day, calendar
from web.pages.renewals.month import month_of
from web.staff import Staff

router = APIRouter()
AHEAD = timedelta(days=400)


@router.get("/renewals")
async def renewals(request: Request, staff: Staff, month: str = "", kind: str = "", mine: str = "") -> Response:
    services = services_of(request)
    today = services.clock.now().date()
    shown, wanted = month_of(month, today), _filters(kind, mine, staff.id)
    behind = await late(services.pool, today, wanted)
    lines = await between(services.pool, max(shown.first, today), shown.last, wanted) if shown.last >= today else []
    past = await between(services.pool, shown.first, shown.last, wanted) if shown.last < today else []
    current = {"month": str(shown) if month else "", "kind": wanted.kinds[0].value if wanted.kinds else "",
               "mine": "yes" if wanted.owner else ""}  # fmt: skip
    return render(
        request,
        "staff/renewals/page.html",
        month=shown,
        weeks=weeks([*past, *lines]),
        late=behind,
        current=current,
        kinds=[(each.value, word) for each, (word, _) in KINDS.items()],
        chips=_chips(current),
        names=await names_of(services.pool, {line.owner for line in [*behind, *lines, *past]}),
        today=today,
    )


@router.get("/renewals.ics")
async def export(request: Request, staff: Staff, kind: str = "", mine: str = "") -> Response:
    """Everything of the next thirteen months that fits the filters."""
    services = services_of(request)
    now = services.clock.now()
    wanted = _filters(kind, mine, staff.id)
    lines = await between(services.pool, now.date(), now.date() + AHEAD, wanted)
    site = services.identity.base_url.rstrip("/")
    host = urlsplit(site).hostname or "tierce"
    days = [_day(line, site, host) for line in lines]
    return Response(
        calendar(f"{services.identity.company}: supplier renewals", days, now=now),
        media_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="renewals.ics"'},
    )


def _filters(kind: str, mine: str, me: UUID) -> Filters:
    kinds = tuple(each for each in KINDS if each.value == kind)
    return Filters(kinds=kinds, owner=me if mine == "yes" else None)


def _chips(current: dict[str, str]) -> list[tuple[str, dict[str, str]]]:
    """Each filter that is set, and what is left without it."""
    found = []
    if current["kind"]:
        found.append((KINDS[Kind(current["kind"])][0], {**current, "kind": ""}))
    if current["mine"]:
        found.append(("Suppliers I own", {**current, "mine": ""}))
    return found


def _day(line: Line, site: str, host: str) -> Day:
    about = " ".join(filter(None, (line.about, f"({line.note})" if line.note else "")))
    return Day(f"{line.key}@{host}", line.on, f"{line.supplier}: {line.what}", about, site + line.href)
