"""An aggregate's state after one of its events, to load it sooner: thrown away freely, never trusted over events."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from hashlib import sha256
from typing import Any, NamedTuple, Protocol
from uuid import UUID

import asyncpg
from eventsourcing.utils import TopicError, resolve_topic

from events.disk import Disk
from events.fact import Fact, fold
from events.link import LOST
from events.recorder import FIELDS
from events.sealing import MARK
from events.state import fingerprint, form_of
from events.stored import Reader, Stored

log = logging.getLogger(__name__)

EVERY = 100
"""Events that were read for one aggregate before a snapshot is taken."""

KEPT_AND_SINCE = f"""
WITH kept AS MATERIALIZED (
    SELECT s.*, l.recorded_at
      FROM public.snapshots s
      JOIN public.event_log l USING (originator_id, originator_version, position)
     WHERE s.originator_id = $1 AND s.event_sha256 = sha256(l.state) AND s.sha256 = sha256(s.state)
)
SELECT originator_id, originator_version, topic, state, position, recorded_at, NULL::uuid, NULL::uuid, fingerprint,
       true AS kept
  FROM kept
UNION ALL
SELECT since.*, false FROM ({FIELDS} WHERE originator_id = $1
   AND originator_version > coalesce((SELECT originator_version FROM kept), 0)) since
 ORDER BY originator_version, kept DESC
"""
KEEP = """
INSERT INTO public.snapshots
       (originator_id, originator_version, topic, state, position, fingerprint, event_sha256, sha256)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (originator_id) DO UPDATE SET
       (originator_version, topic, state, position, fingerprint, event_sha256, sha256, taken_at) =
       (excluded.originator_version, excluded.topic, excluded.state, excluded.position, excluded.fingerprint,
        excluded.event_sha256, excluded.sha256, excluded.taken_at)
"""


class Snapshot(NamedTuple):
    """Takes the place of an aggregate's first events: applied to nothing, it makes the aggregate they had made."""

    originator_id: UUID
    originator_version: int
    topic: str
    """Of the aggregate."""
    state: bytes
    position: int
    """Of its last event."""
    fingerprint: str

    def mutate(self, aggregate: Any) -> Any:
        assert aggregate is None
        return form_of(self._kind).read(self.state)

    @property
    def readable(self) -> bool:
        """Made by the code that runs, and to be read."""
        try:
            made = self.mutate(None) if fingerprint(self._kind) == self.fingerprint else None
            return made is not None and (made.id, made.version) == self[:2]
        except Exception as reason:
            log.warning("a snapshot of %s is ignored: %s", self.originator_id, reason)
            return False

    @property
    def _kind(self) -> Any:
        kind = resolve_topic(self.topic)
        if self.topic != kind.TOPIC:  # anything importable can be "resolved"
            raise TopicError(self.topic)
        return kind


class Snapshots(Protocol):
    """What PostgreSQL keeps and its twin in memory behave alike."""

    async def select(self, originator_id: UUID) -> tuple[Snapshot | None, list[Stored]]:
        """One whose event is on the log and which nothing befell, and the stream since then."""
        ...

    async def keep(self, snapshot: Snapshot, last: Stored) -> None:
        """In place of an earlier one. `last` is the event it was taken after."""
        ...

    async def clear(self) -> None: ...


def taken(stored: Sequence[Stored], facts: Sequence[Fact], before: Snapshot | None) -> tuple[Snapshot, Stored] | None:
    """After the last event before the first with personal data, so that there is nothing in it to be erased."""
    sealed = (number for number, each in enumerate(stored) if MARK in each.state)
    count = next(sealed, len(stored))
    if not count:
        return None
    aggregate: Any = fold([*([before] if before else []), *facts[:count]])
    last = stored[count - 1]
    kind: Any = type(aggregate)
    try:
        state = form_of(kind).write(aggregate)
    except Exception as reason:
        log.warning("no snapshot is taken of %s: %s", kind.__name__, reason)
        return None
    return Snapshot(aggregate.id, aggregate.version, kind.TOPIC, state, last.position, fingerprint(kind)), last


class PostgresSnapshots:
    """One for each aggregate. A snapshot and what came after it are read together."""

    def __init__(self, pool: asyncpg.Pool, disk: Disk | None = None) -> None:
        self._pool = pool
        self._disk = disk or Disk()

    async def select(self, originator_id: UUID) -> tuple[Snapshot | None, list[Stored]]:
        async with self._pool.acquire() as connection:
            rows = await connection.fetch(KEPT_AND_SINCE, originator_id)
            if rows:  # nobody decides on what a crash could take back
                await self._disk.reach(connection, rows[-1]["position"])
        kept = Snapshot._make((*rows[0][:5], rows[0][8])) if rows and rows[0]["kept"] else None
        return kept, [Stored._make(row[:9]) for row in (rows[1:] if kept else rows)]

    async def keep(self, snapshot: Snapshot, last: Stored) -> None:
        try:
            await self._pool.execute(KEEP, *snapshot, sha256(last.state).digest(), sha256(snapshot.state).digest())
        except LOST as lost:
            log.warning("a snapshot could not be kept: %s", lost)

    async def clear(self) -> None:
        await self._pool.execute("DELETE FROM public.snapshots")


class MemorySnapshots:
    """The twin, beside a log in memory."""

    def __init__(self, recorder: Reader) -> None:
        self._recorder = recorder
        self._kept: dict[UUID, tuple[Snapshot, Stored, bytes]] = {}

    async def select(self, originator_id: UUID) -> tuple[Snapshot | None, list[Stored]]:
        stream = await self._recorder.select_stream(originator_id)
        snapshot, last, digest = self._kept.get(originator_id, (None, None, b""))
        if snapshot is None or last not in stream or sha256(snapshot.state).digest() != digest:
            return None, stream
        return snapshot, [each for each in stream if each.originator_version > snapshot.originator_version]

    async def keep(self, snapshot: Snapshot, last: Stored) -> None:
        self._kept[snapshot.originator_id] = snapshot, last, sha256(snapshot.state).digest()

    async def clear(self) -> None:
        self._kept.clear()
