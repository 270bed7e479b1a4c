"""Entries of the audit trail as a page shows them: sentences under the days on which they happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from projections import activity
from projections.activity import Entry, Filters
from projections.asof import Moment, naming
from projections.asof.trail import trail
from web.services import Services

TONES: Mapping[str, str] = {
    "warning": "bad", "pause": "bad", "flag": "warn", "clock": "warn", "refresh": "warn", "check": "good",
    "council": "good", "mail": "info", "edit": "info", "file": "info",
}  # fmt: skip
"""Icon -> tone; the others stay quiet."""


class Told(NamedTuple):
    """One entry in words."""

    entry: Entry
    sentence: str
    supplier: str
    href: str

    @property
    def tone(self) -> str:
        return TONES.get(self.entry.kind, "plain")

    @property
    def late(self) -> bool:
        """We knew of it on another day than it happened."""
        return self.entry.recorded_at.date() != self.entry.at.date()


class Day(NamedTuple):
    day: date
    told: list[Told]


async def read(
    services: Services,
    moment: Moment | None,
    filters: Filters | None = None,
    *,
    before: int | None = None,
    limit: int,
) -> list[Entry]:
    """The latest of it, now or as of a moment."""
    pool, log = services.pool, services.archive
    if moment is None:
        return await activity.page(pool, log, filters, before=before, limit=limit)
    return await trail(pool, log, moment, filters or Filters(), before=before, limit=limit)


async def told(services: Services, entries: Iterable[Entry], moment: Moment | None = None) -> list[Told]:
    """The entries with their names put in, those of a moment or of today."""
    listed = list(entries)
    names = await naming.names(services.pool, services.archive, listed, moment)
    return [
        Told(each, activity.sentence(each, names), _name(names, each.supplier_id), href_of(each)) for each in listed
    ]


def days(found: Iterable[Told]) -> list[Day]:
    """Under each other as they were recorded, a heading whenever the day changes."""
    return [Day(day, list(group)) for day, group in groupby(found, key=lambda each: each.entry.at.date())]


def href_of(entry: Entry) -> str:
    """The page of what it happened to; "" when there is none."""
    supplier, id = f"/suppliers/{entry.supplier_id}", entry.aggregate_id
    match entry.aggregate if entry.legible else "":
        case "Assessment":
            return f"/assessments/{id}"
        case "Review":
            return f"/council/{id}"
        case "Supplier":
            return supplier
        case "Attestation":
            return f"{supplier}/attestations#{id}"
        case "VendorModel" | "DataSource" | "Use":
            return f"{supplier}/inventory#{id}"
        case _:
            return ""


def _name(names: Mapping[UUID, str], supplier_id: UUID | None) -> str:
    return names.get(supplier_id, "") if supplier_id else ""
