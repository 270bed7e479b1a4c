"""What is coming and what is late, day by day, page after page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from projections.assessments.rows import VIEW as ROUNDS
from projections.assessments.rows import Stage
from projections.names.rows import VIEW as NAMES
from projections.register.lines import VIEW as REGISTER
from projections.renewals.dated import SHOWN, Due, Kind
from projections.renewals.rows import VIEW
from projections.renewals.schedule import Schedule
from projections.sources import LIVE, Sources
from projections.view import Row

if TYPE_CHECKING:
    from projections.storage import Reader

BRANCH = """
(SELECT r.supplier_id, left(due, 10)::date AS day, r.key, substr(due, 12) AS id, r.row AS said
   FROM {renewals} AS r CROSS JOIN unnest(ARRAY(
         SELECT each FROM string_to_table(r.shown, ' ') AS each
          WHERE {dated} AND split_part(substr(each, 12), ':', 1) = ANY($6)
            AND (left(each, 10)::date, r.key, substr(each, 12)) > ($3::date, $4, $5))) AS due
  WHERE {range} AND ($7::uuid IS NULL OR r.supplier_id = $7)
    AND ($8::uuid IS NULL OR EXISTS (SELECT FROM {register} AS s WHERE s.key = r.supplier_id::text AND s.owner = $8))
  ORDER BY {order}, r.key, id LIMIT $9)
"""
"""Dates are chosen inside of an array. Outside of it PostgreSQL thinks that very few of them fit, and would rather read
all rows of the time and put them in order than go along an index until the page is full."""
ENDS = "{end} BETWEEN $1 AND $2 AND ({end}, r.key) >= ($3::date, $4)"
RANGES = (
    (ENDS.format(end="r.first_on"), "left(each, 10)::date = r.first_on", "r.first_on"),
    (f"r.last_on > r.first_on AND {ENDS.format(end='r.last_on')}", "left(each, 10)::date = r.last_on", "r.last_on"),
    (
        "r.further IS NOT NULL",
        "left(each, 10)::date BETWEEN $1 AND $2"
        " AND left(each, 10)::date > r.first_on AND left(each, 10)::date < r.last_on",
        "day",
    ),
)
"""Each is read in the order of an index and only as far as the page goes: a row is known by its first and last day."""
OVERDUE = f"""
(SELECT a.supplier_id, a.due_on AS day, a.key, '{Kind.OVERDUE.value}:' || a.key AS id,
        jsonb_build_object('key', '{Kind.OVERDUE.value}:' || a.key, 'kind', '{Kind.OVERDUE.value}',
                           'due_at', a.due_on + 1 || 'T00:00:00Z', 'on', a.due_on, 'what', 'Answers overdue',
                           'supplier_id', a.supplier_id, 'aggregate_id', a.key, 'use_id', a.use_id,
                           'subject_id', a.row->'subject_id')::text AS said
   FROM {{rounds}} AS a
  WHERE a.overdue AND a.stage = '{Stage.WITH_VENDOR.value}'
    AND a.due_on BETWEEN $1 AND $2 AND (a.due_on, a.key) > ($3::date, $4)
    AND '{Kind.OVERDUE.value}' = ANY($6) AND ($7::uuid IS NULL OR a.supplier_id = $7)
    AND ($8::uuid IS NULL OR EXISTS (SELECT FROM {{register}} AS s WHERE s.key = a.supplier_id::text AND s.owner = $8))
  ORDER BY a.due_on, a.key LIMIT $9)
"""
CALENDAR = """
SELECT found.day, found.key, found.id, found.said, s.name AS supplier_name, s.owner,
       use.name AS use_title, subject.name AS subject_name
  FROM (SELECT dated.*, said::json AS due FROM ({branches}) AS dated ORDER BY day, key, id LIMIT $9) AS found
  LEFT JOIN {register} AS s ON s.key = found.supplier_id::text
  LEFT JOIN {names} AS use ON use.key = found.due->>'use_id'
  LEFT JOIN {names} AS subject ON subject.key = found.due->>'subject_id'
 ORDER BY day, found.key, id
"""


class Filters(Row):
    """What is looked for; empty = everything people care about."""

    kinds: tuple[Kind, ...] = ()
    supplier_id: UUID | None = None
    owner: UUID | None = None


class Entry(Row):
    """A dated thing with the names of what it is about."""

    due: Due
    supplier_name: str
    owner: UUID | None
    use_title: str
    subject_name: str


class Stretch(Row):
    """Some of the calendar; `after` leads to what follows, None = nothing does."""

    entries: tuple[Entry, ...]
    after: str | None


async def stretch(
    reader: Reader,
    since: date,
    until: date,
    filters: Filters | None = None,
    *,
    after: str | None = None,
    limit: int = 50,
    overdue: bool = False,
    sources: Sources = LIVE,
) -> Stretch:
    """What people care about from one day to another, both included; with answers that are overdue if asked for."""
    wanted = filters or Filters()
    day, key, id = after.split("|") if after else (since.isoformat(), "", "")
    kinds = [each.value for each in wanted.kinds or sorted(SHOWN)]
    found = await reader.fetch(
        _statement(overdue, sources), since, until, date.fromisoformat(day), key, id, kinds, wanted.supplier_id,
        wanted.owner, limit + 1,
    )  # fmt: skip
    more = "{:%Y-%m-%d}|{}|{}".format(*found[limit - 1][:3]) if len(found) > limit else None
    return Stretch(entries=tuple(each for row in found[:limit] if (each := _entry(row))), after=more)


async def calendar(
    reader: Reader, since: date, until: date, filters: Filters | None = None, *, limit: int = 1000
) -> list[Entry]:
    """The beginning of it in one piece, each day by supplier."""
    found = (await stretch(reader, since, until, filters, limit=limit)).entries
    return sorted(found, key=lambda each: (each.due.on, each.supplier_name, each.due.key))


def _entry(found: Mapping[str, Any]) -> Entry | None:
    """Nothing for a date that was kept by rules that have changed since, until its schedule is written again."""
    if (due := _due(found["key"], found["id"], found["said"])) is None:
        return None
    return Entry(
        due=due,
        supplier_name=found["supplier_name"] or "",
        owner=found["owner"],
        use_title=found["use_title"] or "",
        subject_name=found["subject_name"] or "",
    )


def _due(key: str, id: str, said: str) -> Due | None:
    """Said by a schedule, or by itself for answers that are overdue."""
    if ":" not in key:
        return Due.model_validate_json(said)
    dates = Schedule.model_validate_json(said).dates
    return next((each for each in dates if each.key == id), None)


def _statement(overdue: bool, sources: Sources) -> str:
    named = {"register": sources.of(REGISTER), "names": NAMES.table}
    renewals, rounds = sources.of(VIEW), sources.of(ROUNDS)
    branches = [
        BRANCH.format(**named, renewals=renewals, range=range, dated=dated, order=order)
        for range, dated, order in RANGES
    ]
    if overdue:
        branches.append(OVERDUE.format(**named, rounds=rounds))
    return CALENDAR.format(**named, branches=" UNION ALL ".join(branches))
