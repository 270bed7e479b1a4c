"""Of which suppliers a day's rows do not tell what was true, because something was not recorded when it happened."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from projections.activity import PROMPT
from projections.activity.places import BEGAN
from projections.activity.rows import VIEW

if TYPE_CHECKING:
    from projections.storage import Reader

DISORDERED = f"""
WITH late AS MATERIALIZED (
    SELECT supplier_id, at, position FROM {VIEW.table}
     WHERE late AND supplier_id IS NOT NULL AND (at < $1 OR position <= $2)
), apart AS (
    SELECT DISTINCT supplier_id FROM late WHERE (at < $1) <> (position <= $2)
), others AS MATERIALIZED (
    SELECT supplier_id FROM late EXCEPT SELECT supplier_id FROM apart
), facts AS (
    SELECT others.supplier_id, l.position, coalesce(kept.late, false) AS late,
           coalesce(kept.at, l.recorded_at) AS latest, coalesce(kept.at, l.recorded_at - $3::interval) AS earliest
      FROM others
     CROSS JOIN LATERAL (
        SELECT began.originator_id AS stream FROM {BEGAN} WHERE v.supplier_id = others.supplier_id OFFSET 0) AS of
     CROSS JOIN LATERAL (
        SELECT position, recorded_at FROM public.event_log
         WHERE originator_id = of.stream AND position <= $2 OFFSET 0) AS l
      LEFT JOIN LATERAL (
        SELECT late, at FROM {VIEW.table} WHERE key = l.position::text OFFSET 0) AS kept ON true
), compared AS (
    SELECT supplier_id, late, earliest, max(latest) OVER before AS any_before,
           max(latest) FILTER (WHERE late) OVER before AS late_before
      FROM facts
    WINDOW before AS (PARTITION BY supplier_id ORDER BY position ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
)
SELECT supplier_id FROM apart
UNION SELECT supplier_id FROM compared WHERE earliest < CASE WHEN late THEN any_before ELSE late_before END
"""
"""Those with a fact that had happened by then and was not recorded, or the other way round; and those whose facts, one
of them late, were recorded in another order than they happened in. All others' rows are the same on both axes.

One supplier after the other, whatever the planner thinks of their number: together it would read all of the log."""


async def disordered(reader: Reader, until: datetime, position: int) -> set[UUID]:
    """As of a time, where a position is the last one in the rows of its day. May name a few too many: when a fact
    happened that was recorded promptly is known to some seconds."""
    return {UUID(str(row["supplier_id"])) for row in await reader.fetch(DISORDERED, until, position, PROMPT)}
