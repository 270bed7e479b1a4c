"""What is due now, for the timekeeper."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time
from operator import attrgetter
from typing import TYPE_CHECKING

from projections import posture
from projections.renewals.dated import ACTED, Due, Kind
from projections.renewals.rows import VIEW
from projections.renewals.schedule import Schedule

if TYPE_CHECKING:
    from projections.storage import Reader

DUE = f"SELECT row FROM {VIEW.table} WHERE next_at <= $1 ORDER BY next_at, key LIMIT $2"
"""Each has at least one date that is due: the first ones of all are among those of as many rows."""
STEPS = frozenset({Kind.REMINDER, Kind.RENEWAL})


async def due(reader: Reader, now: datetime, *, limit: int = 200) -> list[Due]:
    """What the timekeeper has to act upon, the longest due first; of several reminders about one thing the last."""
    rows = [Schedule.model_validate_json(each["row"]) for each in await reader.fetch(DUE, now, limit)]
    dated = [each for row in rows for each in row.dates if each.due_at <= now and each.kind in ACTED]
    dated.sort(key=attrgetter("due_at", "key"))
    return _latest_steps(dated[:limit]) + await _ageing(reader, now, limit)


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
