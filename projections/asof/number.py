"""How many attestations waited to be verified at a position of the log, counted from its beginning or from today."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from projections import dossier
from projections.activity.places import BEGAN
from projections.asof.pending import FACTS, TO_VERIFY, UP_TO

if TYPE_CHECKING:
    from projections.storage import Reader

NEARER = 0.8
"""Of the log; counting back costs four times as much, since each record is looked up as it stood then."""
REACHED = f"SELECT coalesce({dossier.VIEW.position}, 0)"
LEFT_OUT = f"(SELECT began.originator_id FROM {BEGAN} WHERE v.supplier_id = ANY($4::uuid[]))"
FORTH = f"{UP_TO} SELECT count(*) FROM waiting WHERE stream NOT IN {LEFT_OUT}"
BACK = f"""
WITH moved AS MATERIALIZED (
    SELECT stream, coalesce(max(position) FILTER (WHERE topic = ANY($2::text[])) = max(position), false)::integer AS now
      FROM ({FACTS.format(topics="$2::text[] || $3::text[]", place=f"<= {dossier.VIEW.position} AND l.position >")})
        AS facts GROUP BY stream)
SELECT (SELECT coalesce(sum(to_verify), 0) FROM {dossier.VIEW.table}
         WHERE to_verify_since IS NOT NULL AND key <> ALL ($4::uuid[]::text[]))
     + (SELECT coalesce(sum(coalesce(before.open, 0) - moved.now), 0) FROM moved LEFT JOIN LATERAL (
            SELECT (l.topic = ANY($2::text[]))::integer AS open FROM public.event_log AS l
             WHERE l.originator_id = moved.stream AND l.position <= $1 AND l.topic = ANY($2::text[] || $3::text[])
             ORDER BY l.originator_version DESC LIMIT 1) AS before ON true
         WHERE moved.stream NOT IN {LEFT_OUT})
"""
"""Of what something happened to since: how it stood then instead of how it stands."""


async def number(reader: Reader, position: int, *, without: Collection[UUID] = (), back: bool | None = None) -> int:
    """At all suppliers but some."""
    if back is None:
        reached = await reader.fetchval(REACHED)
        back = NEARER * reached < position <= reached
    opens, closes = ([each.TOPIC for each in kinds] for kinds in (TO_VERIFY.opens, TO_VERIFY.closes))
    return int(await reader.fetchval(BACK if back else FORTH, position, opens, closes, list(without)))
