"""Dated things as a person reads them: what, about whom, who has to act, and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

import asyncpg

from projections import assessments, renewals
from projections.assessments import Card
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


@dataclass(frozen=True)
class Week:
    monday: date
    lines: Sequence[Line]


async def between(pool: asyncpg.Pool[Any], since: date, until: date, wanted: Filters) -> list[Line]:
    """What is due from one day to another, both included, in order."""
    return [_line(each) for each in await renewals.calendar(pool, since, until, wanted)]


async def late(pool: asyncpg.Pool[Any], today: date, wanted: Filters) -> list[Line]:
    """What should have happened already: answers that are overdue, and whatever else lies behind us."""
    found = await between(pool, today - LONG_AGO, today - timedelta(days=1), wanted)
    if wanted.kinds and Kind.OVERDUE not in wanted.kinds:
        return found
    known = {line.href for line in found}
    page = await assessments.page(pool, assessments.Filters(overdue=True, supplier_id=wanted.supplier_id), limit=200)
    behind = [line for card in page.rows if (line := _overdue(card)).href not in known]
    return sorted([*found, *behind], key=lambda line: (line.on, line.supplier))


def weeks(lines: Sequence[Line]) -> list[Week]:
    """Grouped by week, each named by its Monday."""
    found = groupby(lines, key=lambda line: line.on - timedelta(days=line.on.weekday()))
    return [Week(monday, list(inside)) for monday, inside in found]


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


def _overdue(card: Card) -> Line:
    round = card.assessment
    return Line(
        on=round.due_on,
        kind=Kind.OVERDUE,
        what="Answers overdue",
        about=card.use_title or card.subject_name,
        supplier=card.supplier_name,
        supplier_id=round.supplier_id,
        owner=None,
        href=f"/assessments/{round.id}",
        key=f"{Kind.OVERDUE}:{round.id}",
    )
