"""The renewals calendar: what is late on top, then the month."""

from __future__ import annotations

from collections.abc import Awaitable
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from projections.asof.lists import Then
from projections.renewals import Filters, Kind
from suppliers.errors import NoSuchRecord
from web.context import is_htmx, services_of
from web.looking.back import then_of
from web.page import fragment, render
from web.pages.names import names_of
from web.pages.renewals.entries import KINDS, Line, Lines, between, calendar_of, late, monday_of, weeks
from web.pages.renewals.ical import Day, calendar
from web.pages.renewals.month import month_of
from web.staff import Staff

router = APIRouter()
AHEAD = timedelta(days=400)
FEW, IN_A_FILE = 20, 1000
NOTHING = Lines((), None)
TEMPLATE, LATE = "staff/renewals/page.html", "staff/renewals/late.html"


@router.get("/renewals")
async def renewals(
    request: Request, staff: Staff, month: str = "", kind: str = "", mine: str = "", after: str | None = None
) -> Response:
    """A month, under what is late; asked by htmx for more, only the next lines."""
    then = await then_of(request)
    today, asked = _today(request, then), calendar_of(request, then)
    shown, wanted = month_of(month, today), _filters(kind, mine, staff.id)
    current = {"month": str(shown) if month else "", "kind": wanted.kinds[0].value if wanted.kinds else "",
               "mine": "yes" if wanted.owner else ""}  # fmt: skip
    more = bool(after) and is_htmx(request)
    behind = NOTHING if more else await late(asked, today, wanted, limit=FEW)
    since = max(shown.first, today) if shown.last >= today else shown.first
    found = await _asked(between(asked, since, shown.last, wanted, after=after))
    context: dict[str, Any] = {
        "weeks": weeks(found.lines),
        "begun": monday_of(after) if more else None,
        "more": _href(current, found.after) if found.after else "",
        "names": await names_of(request, {line.owner for line in [*behind.lines, *found.lines]}),
        "today": today,
    }
    if more:
        return fragment(request, TEMPLATE, "rows", "more", oob=True, **context)
    return render(
        request,
        TEMPLATE,
        oob=False,
        month=shown,
        late=behind,
        current=current,
        kinds=[(each.value, word) for each, (word, _) in KINDS.items()],
        chips=_chips(current),
        **context,
    )


@router.get("/renewals/late")
async def all_late(
    request: Request, staff: Staff, kind: str = "", mine: str = "", after: str | None = None
) -> Response:
    """Everything that is late, the longest first."""
    then = await then_of(request)
    today, wanted = _today(request, then), _filters(kind, mine, staff.id)
    found = await _asked(late(calendar_of(request, then), today, wanted, after=after))
    current = {"kind": wanted.kinds[0].value if wanted.kinds else "", "mine": "yes" if wanted.owner else ""}
    context: dict[str, Any] = {
        "lines": found.lines,
        "more": _href(current, found.after, "/renewals/late") if found.after else "",
        "names": await names_of(request, {line.owner for line in found.lines}),
        "today": today,
    }
    if after and is_htmx(request):
        return fragment(request, LATE, "rows", "more", oob=True, **context)
    return render(request, LATE, oob=False, **context)


def _today(request: Request, then: Then | None) -> date:
    return then.moment.day if then else services_of(request).clock.now().date()


async def _asked(lines: Awaitable[Lines]) -> Lines:
    """There is nothing after a place that somebody made up."""
    try:
        return await lines
    except ValueError as nonsense:
        raise NoSuchRecord from nonsense


def _href(current: dict[str, str], after: str, path: str = "/renewals") -> str:
    kept = {name: value for name, value in {**current, "after": after}.items() if value}
    return f"{path}?{urlencode(kept)}"


@router.get("/renewals.ics")
async def export(request: Request, staff: Staff, kind: str = "", mine: str = "") -> Response:
    """Everything of the next thirteen months that fits the filters."""
    services = services_of(request)
    now = services.clock.now()
    wanted = _filters(kind, mine, staff.id)
    ahead = now.date() + AHEAD
    lines = (await between(calendar_of(request, None), now.date(), ahead, wanted, limit=IN_A_FILE)).lines
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
