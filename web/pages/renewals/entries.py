"""Dated things as a person reads them: what, about whom, who has to act, and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import groupby
from typing import NamedTuple, Protocol
from uuid import UUID

from fastapi import Request

from projections import renewals
from projections.asof.calendar import stretch
from projections.asof.lists import Then
from projections.renewals import Entry, Filters, Kind, Stretch
from web.context import services_of
from web.looking.back import looking

KINDS: Mapping[Kind, tuple[str, str]] = {
    Kind.OVERDUE: ("Answers due", "mail"),
    Kind.ATTESTATION_END: ("Attestations that end", "shield"),
    Kind.APPROVAL_END: ("Approvals that end", "council"),
    Kind.NEXT_ROUND: ("Next assessments", "refresh"),
    Kind.CONDITION: ("Conditions due", "check"),
    Kind.RATIFICATION: ("Suspensions to ratify", "pause"),
}
"""What people care about: its word and its icon."""
LONG_AGO = timedelta(days=3650)
MOST = 50
"""Of one page."""


@dataclass(frozen=True)
class Line:
    """One row of the calendar."""

    on: date
    kind: Kind
    what: str
    about: str
    supplier: str
    supplier_id: UUID
    owner: UUID | None
    href: str
    key: str
    note: str = ""

    @property
    def icon(self) -> str:
        return KINDS[self.kind][1]

    def asked(self, owner: str) -> str:
        """Who has to act."""
        if self.kind in (Kind.OVERDUE, Kind.ATTESTATION_END):
            return "the supplier"
        return "the council" if self.kind is Kind.RATIFICATION else owner


class Lines(NamedTuple):
    """Some of the calendar; `after` leads to what follows."""

    lines: Sequence[Line]
    after: str | None


@dataclass(frozen=True)
class Week:
    monday: date
    lines: Sequence[Line]


class Stretches(Protocol):
    """What is coming and what is late, some of it."""

    async def __call__(
        self, since: date, until: date, wanted: Filters, *, after: str | None, limit: int, overdue: bool
    ) -> Stretch: ...


class Calendar(NamedTuple):
    """From where it is read; nothing can be begun in the past."""

    stretch: Stretches
    past: bool = False


def calendar_of(request: Request, then: Then | None) -> Calendar:
    pool = services_of(request).pool
    if then is None:
        return Calendar(partial(renewals.stretch, pool))
    return Calendar(partial(stretch, looking(request), pool, then), past=True)


async def between(
    calendar: Calendar,
    since: date,
    until: date,
    wanted: Filters,
    *,
    after: str | None = None,
    limit: int = MOST,
    overdue: bool = False,
) -> Lines:
    """What is due from one day to another, both included, each day by supplier."""
    found = await calendar.stretch(since, until, wanted, after=after, limit=limit, overdue=overdue)
    lines = [_line(each, calendar.past) for each in found.entries]
    return Lines(sorted(lines, key=lambda line: (line.on, line.supplier, line.key)), found.after)


async def late(
    calendar: Calendar, today: date, wanted: Filters, *, after: str | None = None, limit: int = MOST
) -> Lines:
    """What should have happened already: answers that are overdue, and whatever else lies behind us."""
    yesterday = today - timedelta(days=1)
    return await between(calendar, today - LONG_AGO, yesterday, wanted, after=after, limit=limit, overdue=True)


def weeks(lines: Sequence[Line]) -> list[Week]:
    """Grouped by week, each named by its Monday."""
    found = groupby(lines, key=lambda line: line.on - timedelta(days=line.on.weekday()))
    return [Week(monday, list(inside)) for monday, inside in found]


def monday_of(after: str | None) -> date | None:
    """The week in which a page of the calendar ended."""
    if not after:
        return None
    day = date.fromisoformat(after.split("|")[0])
    return day - timedelta(days=day.weekday())


def _line(entry: Entry, past: bool) -> Line:
    due = entry.due
    launch = due.params.get("launch_on")
    return Line(
        on=due.on,
        kind=due.kind,
        what=due.what,
        about=entry.use_title or entry.subject_name,
        supplier=entry.supplier_name,
        supplier_id=due.supplier_id,
        owner=entry.owner,
        href=_href(entry, past),
        key=due.key,
        note=f"send it by {launch}" if launch else "",
    )


def _href(entry: Entry, past: bool) -> str:
    due = entry.due
    supplier = f"/suppliers/{due.supplier_id}"
    match due.kind:
        case Kind.OVERDUE:
            return f"/assessments/{due.aggregate_id}"
        case Kind.CONDITION:
            return f"/council/{due.aggregate_id}"
        case Kind.ATTESTATION_END:
            return f"{supplier}/attestations"
        case Kind.NEXT_ROUND | Kind.APPROVAL_END:
            use = due.aggregate_id
            return f"{supplier}/inventory#{use}" if past else f"{supplier}/assessments/new?use={use}"
    return supplier
