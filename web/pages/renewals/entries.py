"""Dated things as a person reads them: what, about whom, who has to act, and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg

from projections import renewals
from projections.renewals import Entry, Filters, Kind

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


async def between(
    pool: asyncpg.Pool[Any],
    since: date,
    until: date,
    wanted: Filters,
    *,
    after: str | None = None,
    limit: int = MOST,
    overdue: bool = False,
) -> Lines:
    """What is due from one day to another, both included, each day by supplier."""
    found = await renewals.stretch(pool, since, until, wanted, after=after, limit=limit, overdue=overdue)
    lines = sorted(map(_line, found.entries), key=lambda line: (line.on, line.supplier, line.key))
    return Lines(lines, found.after)


async def late(
    pool: asyncpg.Pool[Any], today: date, wanted: Filters, *, after: str | None = None, limit: int = MOST
) -> Lines:
    """What should have happened already: answers that are overdue, and whatever else lies behind us."""
    yesterday = today - timedelta(days=1)
    return await between(pool, today - LONG_AGO, yesterday, wanted, after=after, limit=limit, overdue=True)


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


def _line(entry: Entry) -> Line:
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
        href=_href(entry),
        key=due.key,
        note=f"send it by {launch}" if launch else "",
    )


def _href(entry: Entry) -> str:
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
            return f"{supplier}/assessments/new?use={due.aggregate_id}"
    return supplier
