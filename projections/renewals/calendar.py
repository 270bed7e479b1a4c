"""What is coming and what is late, day by day, page after page."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from projections.assessments.rows import VIEW as ROUNDS
from projections.assessments.rows import Stage
from projections.dossier.rows import VIEW as DOSSIER
from projections.register.lines import VIEW as REGISTER
from projections.renewals.rows import VIEW
from projections.renewals.schedule import SHOWN, Due, Kind
from projections.sources import LIVE, Sources
from projections.view import Row

if TYPE_CHECKING:
    from projections.storage import Reader

BRANCH = """
(SELECT r.supplier_id, (due->>'on')::date AS day, r.key, due->>'key' AS id, due
   FROM {renewals} AS r CROSS JOIN unnest(ARRAY(
         SELECT each FROM jsonb_array_elements(r.row::jsonb->'dates') AS each
          WHERE {dated} AND each->>'kind' = ANY($6)
            AND ((each->>'on')::date, r.key, each->>'key') > ($3::date, $4, $5))) AS due
  WHERE {range} AND ($7::uuid IS NULL OR r.supplier_id = $7)
    AND ($8::uuid IS NULL OR EXISTS (SELECT FROM {register} AS s WHERE s.key = r.supplier_id::text AND s.owner = $8))
  ORDER BY {order}, r.key, id LIMIT $9)
"""
"""Dates are chosen inside of an array. Outside of it PostgreSQL thinks that very few of them fit, and would rather read
all rows of the time and put them in order than go along an index until the page is full."""
ENDS = "{end} BETWEEN $1 AND $2 AND ({end}, r.key) >= ($3::date, $4)"
RANGES = (
    (ENDS.format(end="r.first_on"), "(each->>'on')::date = r.first_on", "r.first_on"),
    (f"r.last_on > r.first_on AND {ENDS.format(end='r.last_on')}", "(each->>'on')::date = r.last_on", "r.last_on"),
    (
        "r.further IS NOT NULL",
        "(each->>'on')::date BETWEEN $1 AND $2"
        " AND (each->>'on')::date > r.first_on AND (each->>'on')::date < r.last_on",
        "day",
    ),
)
"""Each is read in the order of an index and only as far as the page goes: a row is known by its first and last day."""
OVERDUE = f"""
(SELECT a.supplier_id, a.due_on AS day, a.key, '{Kind.OVERDUE.value}:' || a.key AS id,
        jsonb_build_object('key', '{Kind.OVERDUE.value}:' || a.key, 'kind', '{Kind.OVERDUE.value}',
                           'due_at', a.due_on + 1 || 'T00:00:00Z', 'on', a.due_on, 'what', 'Answers overdue',
                           'supplier_id', a.supplier_id, 'aggregate_id', a.key, 'use_id', a.use_id,
                           'subject_id', a.row->'subject_id') AS due
   FROM {{rounds}} AS a
  WHERE a.overdue AND a.stage = '{Stage.WITH_VENDOR.value}'
    AND a.due_on BETWEEN $1 AND $2 AND (a.due_on, a.key) > ($3::date, $4)
    AND '{Kind.OVERDUE.value}' = ANY($6) AND ($7::uuid IS NULL OR a.supplier_id = $7)
    AND ($8::uuid IS NULL OR EXISTS (SELECT FROM {{register}} AS s WHERE s.key = a.supplier_id::text AND s.owner = $8))
  ORDER BY a.due_on, a.key LIMIT $9)
"""
CALENDAR = """
SELECT found.key, found.due::text, s.name AS supplier_name, s.owner,
       d.names->'uses'->>(due->>'use_id') AS use_title,
       coalesce(d.names->'models'->>(due->>'subject_id'), d.names->'data_sources'->>(due->>'subject_id'))
       AS subject_name
  FROM (SELECT * FROM ({branches}) AS dated ORDER BY day, key, id LIMIT $9) AS found
  LEFT JOIN {register} AS s ON s.key = found.supplier_id::text
  LEFT JOIN {dossier} AS d ON d.key = found.supplier_id::text
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
    rows = [(key, Entry(due=Due.model_validate_json(due), supplier_name=supplier or "", owner=owner,
                        use_title=use or "", subject_name=subject or ""))
            for key, due, supplier, owner, use, subject in found[:limit]]  # fmt: skip
    more = None
    if len(found) > limit:
        key, last = rows[-1]
        more = f"{last.due.on.isoformat()}|{key}|{last.due.key}"
    return Stretch(entries=tuple(entry for _, entry in rows), after=more)


async def calendar(
    reader: Reader, since: date, until: date, filters: Filters | None = None, *, limit: int = 1000
) -> list[Entry]:
    """The beginning of it in one piece, each day by supplier."""
    found = (await stretch(reader, since, until, filters, limit=limit)).entries
    return sorted(found, key=lambda each: (each.due.on, each.supplier_name, each.due.key))


def _statement(overdue: bool, sources: Sources) -> str:
    named = {"register": sources.of(REGISTER), "dossier": sources.of(DOSSIER)}
    renewals, rounds = sources.of(VIEW), sources.of(ROUNDS)
    branches = [
        BRANCH.format(**named, renewals=renewals, range=range, dated=dated, order=order)
        for range, dated, order in RANGES
    ]
    if overdue:
        branches.append(OVERDUE.format(**named, rounds=rounds))
    return CALENDAR.format(**named, branches=" UNION ALL ".join(branches))
