"""The schedule of one assessment, attestation, use, review or supplier.

One row for each aggregate rather than for each date: what moves a schedule (more time, a renewal) moves all its dates
at once. They follow from what is known of the aggregate (`plan.py`); kept of them is what they are found by. Each has
a key of its own, `kind:aggregate[:step]`, which names it for ever.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from projections.beside import beside
from projections.renewals.dated import ACTED, SHOWN, Due, Kind
from projections.renewals.plan import PLANS
from projections.renewals.schedule import Schedule
from projections.view import Column, View, text_of

__all__ = ["VIEW", "Due", "Kind", "Schedule"]


class Brief(NamedTuple):
    """What a row's columns tell of its dates."""

    next_at: datetime | None = None
    """When the timekeeper has an order to give."""
    first_on: date | None = None
    last_on: date | None = None
    further: str | None = None
    """The days people care about between the first and the last, which hardly any row has."""
    shown: str | None = None
    """All that people care about: the day, a slash and the key of each, in this order."""


NOTHING = Brief()


def _of_dates(row: Schedule) -> Brief:
    if not row.going or undated(row):
        return NOTHING
    plan = PLANS[row.kind]
    ends, first = list(plan.ends(row)), next(plan.before(row), None)
    acted = [each.due_at for each in (*ends, first) if each is not None and each.kind in ACTED]
    shown = [each for each in ends if each.kind in SHOWN]
    if not shown:
        return Brief(min(acted, default=None))
    id, days = text_of(row.id), sorted({each.on for each in shown})
    said = sorted([f"{each.on.isoformat()}/{each.key(id)}" for each in shown])
    further = " ".join([each.isoformat() for each in days[1:-1]])
    return Brief(min(acted, default=None), days[0], days[-1], further or None, " ".join(said))


brief = beside(Schedule, "told", _of_dates)
"""All columns of a row ask for it, one after the other."""


def undated(row: Schedule) -> bool:
    """Most uses were never assessed and have no date."""
    return row.begins_on is None and row.ends_on is None and row.ratify_by is None and not row.promises


def dated(row: Schedule) -> bool:
    """Whether it may have a day that people care about."""
    return row.going and not row.overdue and not undated(row)


VIEW = View(
    "renewals",
    5,
    Schedule,
    columns=(
        Column("supplier_id", "uuid", lambda row: row.supplier_id),
        Column("next_at", "timestamptz", lambda row: brief(row).next_at),
        Column("first_on", "date", lambda row: brief(row).first_on),
        Column("last_on", "date", lambda row: brief(row).last_on),
        Column("further", "text", lambda row: brief(row).further),
        Column("shown", "text", lambda row: brief(row).shown, by_day=False),
    ),
    indexes=(
        "(next_at) WHERE next_at IS NOT NULL",
        "(first_on, key) WHERE first_on IS NOT NULL",
        "(last_on, key) WHERE last_on > first_on",
        "(key) WHERE further IS NOT NULL",
        "(supplier_id)",
    ),
    days="columns",
    kept_as="text",
    omits_defaults=True,
    worth=dated,
)
