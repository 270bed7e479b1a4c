"""The schedule of one assessment, attestation, use, review or supplier, and the dated things it consists of.

One row for each aggregate rather than for each date: what moves a schedule (more time, a renewal) moves all its dates
at once, and the dates follow from what is known of the aggregate (`plan.py`). Each date has a key of its own,
`kind:aggregate[:step]`, which names it for ever.
"""

from __future__ import annotations

from typing import Any

from projections.renewals.plan import planned
from projections.renewals.schedule import ACTED, SHOWN, Due, Kind, Schedule
from projections.view import Column, View

__all__ = ["VIEW", "Due", "Kind", "Schedule"]


def acted(pick: Any) -> Any:
    return lambda row: pick((each.due_at for each in row.dates if each.kind in ACTED), default=None)


def shown(pick: Any) -> Any:
    return lambda row: pick((each.on for each in row.dates if each.kind in SHOWN), default=None)


def further(row: Schedule) -> str | None:
    """The days people care about between the first and the last, which hardly any row has."""
    days = sorted({each.on.isoformat() for each in row.dates if each.kind in SHOWN})
    return " ".join(days[1:-1]) or None


def dated(row: Schedule) -> bool:
    """Whether it may have a day that people care about: most uses were never assessed and have none."""
    if not row.going or row.overdue:
        return False
    return row.kind == "supplier" or row.ends_on is not None or row.begins_on is not None or bool(row.promises)


VIEW = View(
    "renewals",
    3,
    Schedule,
    columns=(
        Column("supplier_id", "uuid", lambda row: row.supplier_id),
        Column("next_at", "timestamptz", acted(min)),
        Column("first_on", "date", shown(min)),
        Column("last_on", "date", shown(max)),
        Column("further", "text", further),
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
    worth=dated,
)
