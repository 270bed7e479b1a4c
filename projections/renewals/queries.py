"""What is due now, and what is coming."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING
from uuid import UUID

from projections import posture
from projections.dossier.rows import VIEW as DOSSIER
from projections.register.lines import VIEW as REGISTER
from projections.renewals.rows import VIEW
from projections.renewals.schedule import ACTED, SHOWN, Due, Kind
from projections.view import Row

if TYPE_CHECKING:
    from projections.storage import Reader

DUE = f"""
SELECT due::text FROM {VIEW.table} AS r, jsonb_array_elements(r.row->'dates') AS due
 WHERE r.next_at <= $1 AND (due->>'due_at')::timestamptz <= $1 AND due->>'kind' = ANY($2)
 ORDER BY (due->>'due_at')::timestamptz, due->>'key' LIMIT $3
"""
CALENDAR = f"""
SELECT due::text, s.name AS supplier_name, s.owner, d.row->'uses'->(due->>'use_id')->>'title' AS use_title,
       coalesce(d.row->'models'->(due->>'subject_id'), d.row->'data_sources'->(due->>'subject_id'))
       ->'details'->>'name' AS subject_name
  FROM {VIEW.table} AS r CROSS JOIN jsonb_array_elements(r.row->'dates') AS due
  LEFT JOIN {REGISTER.table} AS s ON s.key = r.supplier_id::text
  LEFT JOIN {DOSSIER.table} AS d ON d.key = r.supplier_id::text
 WHERE r.first_on <= $2 AND r.last_on >= $1 AND (due->>'on')::date BETWEEN $1 AND $2 AND due->>'kind' = ANY($3)
   AND ($4::uuid IS NULL OR r.supplier_id = $4) AND ($5::uuid IS NULL OR s.owner = $5)
 ORDER BY (due->>'on')::date, s.sort_name, due->>'key' LIMIT $6
"""
STEPS = frozenset({Kind.REMINDER, Kind.RENEWAL})


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


async def due(reader: Reader, now: datetime, *, limit: int = 200) -> list[Due]:
    """What the timekeeper has to act upon, the longest due first; of several reminders about one thing the last."""
    found = await reader.fetch(DUE, now, [each.value for each in ACTED], limit)
    dated = [Due.model_validate_json(each["due"]) for each in found]
    return _latest_steps(dated) + await _ageing(reader, now, limit)


async def calendar(
    reader: Reader, since: date, until: date, filters: Filters | None = None, *, limit: int = 1000
) -> list[Entry]:
    """What people care about from one day to another, both included, in order."""
    wanted = filters or Filters()
    kinds = [each.value for each in wanted.kinds or sorted(SHOWN)]
    found = await reader.fetch(CALENDAR, since, until, kinds, wanted.supplier_id, wanted.owner, limit)
    return [
        Entry(
            due=Due.model_validate_json(dated),
            supplier_name=supplier or "",
            owner=owner,
            use_title=use or "",
            subject_name=subject or "",
        )
        for dated, supplier, owner, use, subject in found
    ]


def _latest_steps(dated: Iterable[Due]) -> list[Due]:
    """Only the last of the steps that one schedule has reached."""
    kept: dict[str, Due] = {}
    for each in dated:
        key = f"{each.kind}:{each.aggregate_id}" if each.kind in STEPS else each.key
        kept.pop(key, None)
        kept[key] = each
    return list(kept.values())


async def _ageing(reader: Reader, now: datetime, limit: int) -> list[Due]:
    """Postures that time has worsened; the posture view knows when."""
    today = now.date()
    return [
        Due(
            key=f"{Kind.AGEING}:{each.use_id}:{today.isoformat()}",
            kind=Kind.AGEING,
            due_at=datetime.combine(each.on, time(0, tzinfo=UTC)),
            on=each.on,
            what=f"{each.title} gets worse with time",
            supplier_id=each.supplier_id,
            aggregate_id=each.use_id,
            use_id=each.use_id,
            params={"on": today.isoformat()},
        )
        for each in await posture.changing(reader, today, limit=limit)
    ]
