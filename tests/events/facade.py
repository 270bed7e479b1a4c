"""Our recorder as the eventsourcing library knows recorders: synchronous, on an event loop in a thread."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from threading import Thread
from typing import Any, TypeVar
from uuid import UUID

import asyncpg
from eventsourcing import persistence as library

from events.checkpoints import CheckpointMoved, Checkpoints
from events.group_commit import GroupCommit
from events.recorder import PostgresRecorder
from events.stored import Draft, Gap, Overtaken, Stored

T = TypeVar("T")


class Loop:
    """An event loop in a thread, with a pool on one database."""

    def __init__(self, dsn: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.pool = self.run(_pool(dsn))
        self.recorder = PostgresRecorder(self.pool)
        self.group = GroupCommit(self.recorder)
        self.checkpoints = Checkpoints(self.pool)

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    def close(self) -> None:
        self.run(self.group.close())
        self.pool.terminate()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()


class AggregateRecorder(library.AggregateRecorder):
    def __init__(self, loop: Loop) -> None:
        self._loop = loop

    def insert_events(self, stored_events: Sequence[library.StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        self._append(stored_events)
        return None

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[library.StoredEvent]:
        stream = self._run(self._loop.recorder.select_stream(originator_id, -1 if gt is None else gt))
        found = [_event(stored) for stored in stream if lte is None or stored.originator_version <= lte]
        return (found[::-1] if desc else found)[:limit]

    def _append(self, stored_events: Sequence[library.StoredEvent]) -> Sequence[int]:
        drafts = [Draft(e.originator_id, e.originator_version, e.topic, e.state) for e in stored_events]
        try:
            return list(self._run(self._loop.group.append(drafts)))
        except (Overtaken, Gap) as refused:
            raise library.IntegrityError from refused

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return self._loop.run(work)


class ApplicationRecorder(AggregateRecorder, library.ApplicationRecorder):
    def insert_events(self, stored_events: Sequence[library.StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        return self._append(stored_events)

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[library.Notification]:
        after = (start or 0) - (1 if inclusive_of_start else 0)
        feed = self._run(self._loop.recorder.select_feed(after, limit, until=stop, topics=topics))
        return [library.Notification(*stored[:4], stored.position) for stored in feed]

    def max_notification_id(self) -> int | None:
        return self._run(self._loop.recorder.head()) or None

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> Any:
        raise NotImplementedError("subscriptions are threads in the library; here they are feeds")


class TrackingRecorder(library.TrackingRecorder):
    def __init__(self, loop: Loop) -> None:
        self._loop = loop

    def insert_tracking(self, tracking: library.Tracking) -> None:
        put = self._loop.checkpoints.put(self._loop.pool, tracking.application_name, tracking.notification_id)
        try:
            self._loop.run(put)
        except CheckpointMoved as moved:
            raise library.IntegrityError from moved

    def max_tracking_id(self, application_name: str) -> int | None:
        return self._loop.run(self._loop.checkpoints.get(application_name)) or None


async def _pool(dsn: str) -> asyncpg.Pool:
    return await asyncpg.create_pool(dsn, min_size=1, max_size=12)


def _event(stored: Stored) -> library.StoredEvent:
    return library.StoredEvent(*stored[:4])
