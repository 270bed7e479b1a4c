"""The schedule of one assessment, attestation, use, review or supplier, and the dated things it consists of.

One row for each aggregate rather than for each date: what moves a schedule (more time, a renewal) moves all its dates
at once, and the dates follow from what is known of the aggregate (`plan.py`). Each date has a key of its own,
`kind:aggregate[:step]`, which names it for ever.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from projections.beside import beside
from projections.renewals.plan import planned
from projections.renewals.schedule import ACTED, SHOWN, Due, Kind, Schedule
from projections.view import Column, View

__all__ = ["VIEW", "Due", "Kind", "Schedule"]


class Brief(NamedTuple):
    """What a row's columns tell of its dates."""

    next_at: datetime | None = None
    """When the timekeeper has an order to give."""
    first_on: date | None = None
    last_on: date | None = None
    further: str | None = None
    """The days people care about between the first and the last, which hardly any row has."""


NOTHING = Brief()


def brief(row: Schedule) -> Brief:
    return _brief(row) if row.dates else NOTHING


def _of_dates(row: Schedule) -> Brief:
    """Dates lie in the order in which they may be acted upon."""
    next_at = next((each.due_at for each in row.dates if each.kind in ACTED), None)
    days = sorted({each.on for each in row.dates if each.kind in SHOWN})
    if not days:
        return Brief(next_at)
    return Brief(next_at, days[0], days[-1], " ".join([each.isoformat() for each in days[1:-1]]) or None)


_brief = beside(Schedule, "told", _of_dates)
"""All columns of a row ask for it, one after the other."""


def dated(row: Schedule) -> bool:
    """Whether it may have a day that people care about: most uses were never assessed and have none."""
    if not row.going or row.overdue:
        return False
    return row.kind == "supplier" or row.ends_on is not None or row.begins_on is not None or bool(row.promises)


VIEW = View(
    "renewals",
    4,
    Schedule,
    columns=(
        Column("supplier_id", "uuid", lambda row: row.supplier_id),
        Column("next_at", "timestamptz", lambda row: brief(row).next_at),
        Column("first_on", "date", lambda row: brief(row).first_on),
        Column("last_on", "date", lambda row: brief(row).last_on),
        Column("further", "text", lambda row: brief(row).further),
    ),
    indexes=(
        "(next_at) WHERE next_at IS NOT NULL",
        "(first_on, key) WHERE first_on IS NOT NULL",
        "(last_on, key) WHERE last_on > first_on",
        "(key) WHERE further IS NOT NULL",
        "(supplier_id)",
    ),
    finish=planned,
    days="columns",
    kept_as="text",
    worth=dated,
)
