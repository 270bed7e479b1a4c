"""What is due now, for the timekeeper."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from projections import posture
from projections.renewals.rows import VIEW
from projections.renewals.schedule import ACTED, Due, Kind

if TYPE_CHECKING:
    from projections.storage import Reader

DUE = f"""
SELECT due::text FROM {VIEW.table} AS r, jsonb_array_elements(r.row::jsonb->'dates') AS due
 WHERE r.next_at <= $1 AND (due->>'due_at')::timestamptz <= $1 AND due->>'kind' = ANY($2)
 ORDER BY (due->>'due_at')::timestamptz, due->>'key' LIMIT $3
"""
STEPS = frozenset({Kind.REMINDER, Kind.RENEWAL})


async def due(reader: Reader, now: datetime, *, limit: int = 200) -> list[Due]:
    """What the timekeeper has to act upon, the longest due first; of several reminders about one thing the last."""
    found = await reader.fetch(DUE, now, [each.value for each in ACTED], limit)
    dated = [Due.model_validate_json(each["due"]) for each in found]
    return _latest_steps(dated) + await _ageing(reader, now, limit)


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
