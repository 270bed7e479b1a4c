"""How every view is doing, as any process can see it: which build is live, how far it is, what it stumbled over."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import asyncpg

from projections.log_change import LogChange, log_changes

if TYPE_CHECKING:
    from projections.storage import Pool

STANDINGS = """
WITH head AS (SELECT coalesce(max(position), 0) AS position FROM event_log)
SELECT live.name, live.version, live.build, coalesce(kept.position, 0) AS position,
       greatest(head.position - coalesce(kept.position, 0), 0) AS lag,
       coalesce(extract(epoch FROM now() - missed.recorded_at), 0)::float8 AS seconds,
       EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2
                  AND classid = (hashtext('tierce:rebuild')::bigint & 4294967295)::oid
                  AND objid = (hashtext(live.name)::bigint & 4294967295)::oid) AS building,
       trouble.event, trouble.topic, trouble.error, trouble.since, trouble.tries
  FROM view_builds AS live CROSS JOIN head
  LEFT JOIN checkpoints AS kept ON kept.name = live.checkpoint
  LEFT JOIN view_troubles AS trouble ON trouble.view = live.name
             AND (trouble.event > coalesce(kept.position, 0) OR trouble.version <> live.version)
  LEFT JOIN LATERAL (SELECT recorded_at FROM event_log WHERE position > coalesce(kept.position, 0)
                      ORDER BY position LIMIT 1) AS missed ON true
 ORDER BY live.name
"""
"""Trouble is over once the view has passed the event; a newer version has to be live first."""
PATIENCE = 2.0
FRESH = 5.0
"""Seconds for which what was seen is shown again."""
LATE = 10.0
"""Seconds for which a view has not moved although there is something to read."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A view. `event` is the position of what it cannot digest; `seconds` is how old the first event it lacks is."""

    name: str
    version: int
    build: int
    position: int
    lag: int
    seconds: float
    building: bool = False
    event: int | None = None
    topic: str | None = None
    error: str | None = None
    since: datetime | None = None
    tries: int | None = None
    late: int = 0
    """Seconds for which it has been seen not to move."""

    @property
    def stuck(self) -> bool:
        return self.event is not None


async def standings(pool: Pool) -> list[Standing]:
    """In order of their names; nothing of a database in which no view was ever kept."""
    try:
        return [Standing(**row) for row in await pool.fetch(STANDINGS, timeout=PATIENCE)]
    except asyncpg.UndefinedTableError:
        return []


class Lookout:
    """For pages: looks now and then, remembers, and never fails."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._seen: Sequence[Standing] = ()
        self._changes: Sequence[LogChange] = ()
        self._moved: dict[tuple[Any, ...], float] = {}
        self._looked = float("-inf")
        self._looking = asyncio.Lock()

    async def __call__(self) -> Sequence[Standing]:
        """Whoever comes while another looks is shown what was seen before."""
        if time.monotonic() - self._looked > FRESH and not self._looking.locked():
            async with self._looking:
                await self._look()
        return self._seen

    async def changes(self) -> Sequence[LogChange]:
        """What is wrong with the log itself, seen in the same look."""
        await self()
        return self._changes

    async def _look(self) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                self._changes = await log_changes(self._pool)
                found = await standings(self._pool)
        except Exception:
            found = list(self._seen)
        now = self._looked = time.monotonic()
        behind = {(each.name, each.build, each.position) for each in found if each.lag}
        self._moved = {place: self._moved.get(place, now) for place in behind}
        self._seen = [replace(each, late=self._late(each, now)) for each in found]

    def _late(self, standing: Standing, now: float) -> int:
        """As this process sees it: events may be dated as one likes."""
        waiting = now - self._moved.get((standing.name, standing.build, standing.position), now)
        return int(waiting) if waiting >= LATE else 0
