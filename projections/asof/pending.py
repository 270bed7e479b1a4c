"""At which suppliers something lay open at a position of the log, those first where it had lain longest.

Of what is opened and closed no days are kept, so the log is counted: from its beginning up to the position, or, when
that is nearer, back from the present: what lies open today and lay there then, and what was closed since.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple
from uuid import UUID

from projections import activity, dossier
from projections.activity.places import TOPIC
from suppliers.aggregate import DomainEvent
from suppliers.attestation import Attestation
from suppliers.use import Use

if TYPE_CHECKING:
    from projections.storage import Reader

MANY = 1000
"""Records looked at: at a few suppliers, or at one with very many."""


class Openness(NamedTuple):
    """What opens a record and what closes it. `column` of a dossier says how much lies open today."""

    begins: type[DomainEvent]
    opens: tuple[type[DomainEvent], ...]
    closes: tuple[type[DomainEvent], ...]
    column: Literal["to_verify", "to_confirm"]
    since: str
    """Where in the log the fact stands since when it waits."""


TO_VERIFY = Openness(
    begins=Attestation.Given,
    opens=(Attestation.Given, Attestation.Renewed),
    closes=(Attestation.Verified, Attestation.Rejected, Attestation.Renewed, Attestation.Lapsed, Attestation.Revoked),
    column="to_verify",
    since="waiting.opened",
)
TO_CONFIRM = Openness(
    begins=Use.Described,
    opens=(Use.EuClassRecorded,),
    closes=(Use.EuClassConfirmed, Use.Rejected, Use.Retired),
    column="to_confirm",
    since="began.position",
)

NEARER = 0.4
"""Of the log; counting back costs a little less, since most that was closed since was also opened since."""
HEAD = "SELECT coalesce(max(position), 0) FROM public.event_log"
FACTS = f"""
    SELECT l.originator_id AS stream, l.position, kind.topic FROM unnest({{topics}}) AS kind(topic)
     CROSS JOIN LATERAL (
        SELECT l.originator_id, l.position FROM public.event_log AS l
         WHERE {TOPIC} = kind.topic AND l.position {{place}} $1 OFFSET 0) AS l"""
"""Kind by kind, so that nothing else is looked at, whatever the planner thinks of their number."""
UP_TO = f"""
WITH told AS MATERIALIZED (
    SELECT stream, max(position) AS last, max(position) FILTER (WHERE topic = ANY($2::text[])) AS opened
      FROM ({FACTS.format(topics="$2::text[] || $3::text[]", place="<=")}) AS facts GROUP BY stream),
waiting AS (SELECT stream, opened FROM told WHERE opened = last)"""
CLOSED_SINCE = f"""
WITH closed AS MATERIALIZED (
    SELECT stream FROM ({FACTS.format(topics="$3::text[]", place=">")}) AS facts
    EXCEPT
    SELECT stream FROM ({FACTS.format(topics="ARRAY[$5::text]", place=">")}) AS begun),
waiting AS (
    SELECT closed.stream, last.position AS opened FROM closed CROSS JOIN LATERAL (
        SELECT l.position, l.topic FROM public.event_log AS l
         WHERE l.originator_id = closed.stream AND l.position <= $1 AND l.topic = ANY($2::text[] || $3::text[])
         ORDER BY l.originator_version DESC LIMIT 1) AS last
     WHERE last.topic = ANY($2::text[]))"""
LONGEST = f"""
first AS (
    SELECT began.position AS began, {{since}} AS since
      FROM waiting JOIN public.event_log AS began
        ON began.originator_id = waiting.stream AND began.originator_version = 1
     ORDER BY since LIMIT {MANY}),
open AS (
    SELECT v.supplier_id, coalesce(waits.at, l.recorded_at) AS since FROM first
      JOIN {activity.VIEW.table} AS v ON v.key = first.began::text
      JOIN public.event_log AS l ON l.position = first.since
      LEFT JOIN {activity.VIEW.table} AS waits ON waits.key = first.since::text"""
OPEN_TODAY = f"""
    UNION ALL
    (SELECT key::uuid, {{column}}_since FROM {dossier.VIEW.table}
      WHERE {{column}}_since <= (SELECT recorded_at FROM public.event_log WHERE position = $1)
      ORDER BY {{column}}_since, key LIMIT $4)"""
EACH = """)
SELECT supplier_id FROM open GROUP BY supplier_id ORDER BY min(since), supplier_id LIMIT $4"""


async def pending(reader: Reader, open: Openness, position: int, limit: int, *, back: bool | None = None) -> list[UUID]:
    """May name a few too many: of what lies open today it is only known when it was given or described."""
    if back is None:
        back = position > NEARER * await reader.fetchval(HEAD)
    told = (CLOSED_SINCE if back else UP_TO) + "," + LONGEST + (OPEN_TODAY if back else "") + EACH
    begins = (open.begins.TOPIC,) if back else ()
    values = (position, _topics(open.opens), _topics(open.closes), limit, *begins)
    found = await reader.fetch(told.format(since=open.since, column=open.column), *values)
    return [UUID(str(id)) for (id,) in found]


def _topics(events: Sequence[type[DomainEvent]]) -> list[str]:
    return [each.TOPIC for each in events]
