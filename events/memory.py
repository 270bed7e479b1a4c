"""The log's twin in memory: for tests and for trying things out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from uuid import UUID

from events.stored import NOTHING, Append, AppendMany, Beside, Draft, Gap, Outcome, Overtaken, Positions, Stored, unwrap


class MemoryRecorder:
    """Behaves as the log in PostgreSQL does; both pass one contract."""

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._now = now
        self._log: list[Stored] = []
        self._streams: dict[UUID, list[Stored]] = {}
        self._commands: dict[UUID, Positions] = {}
        self._followers: list[Callable[[int], None]] = []

    def on_append(self, follower: Callable[[int], None]) -> None:
        """Call `follower` with the head whenever it moves."""
        self._followers.append(follower)

    async def append(
        self,
        drafts: Sequence[Draft],
        *,
        actor: UUID | None = None,
        command_id: UUID | None = None,
        correlation_id: str | None = None,
        recorded_at: datetime | None = None,
        beside: Beside | None = None,
    ) -> Positions:
        append = Append(drafts, actor, command_id, correlation_id, recorded_at, beside)
        return unwrap((await self._append_many([append]))[0])

    @asynccontextmanager
    async def line(self) -> AsyncIterator[AppendMany]:
        yield self._append_many

    async def select_stream(self, originator_id: UUID, after_version: int = 0) -> list[Stored]:
        return [fact for fact in self._streams.get(originator_id, ()) if fact.originator_version > after_version]

    async def select_feed(
        self, after: int, limit: int, *, until: int | None = None, topics: Sequence[str] = (), on: object = None
    ) -> list[Stored]:
        found = [fact for fact in self._log[max(after, 0) : until] if not topics or fact.topic in topics]
        return found[:limit]

    async def head(self) -> int:
        return len(self._log)

    async def find_command(self, command_id: UUID) -> Positions:
        return self._commands.get(command_id, NOTHING)

    async def _append_many(self, appends: Sequence[Append]) -> Sequence[Outcome]:
        await asyncio.sleep(0)  # as the real one: others run while it writes
        return [await self._append_beside(append) for append in appends]

    async def _append_beside(self, append: Append) -> Outcome:
        """What is beside is done first, since what is on this log cannot be taken back; its connection is None."""
        new = append.command_id not in self._commands and not self._obstacle(append.drafts)
        if append.beside and append.drafts and new:
            await append.beside(None)
        return self._append(append)

    def _append(self, append: Append) -> Outcome:
        if append.command_id in self._commands:
            return self._commands[append.command_id]
        obstacle = self._obstacle(append.drafts)
        if obstacle or not append.drafts:
            return obstacle or NOTHING
        first = len(self._log) + 1
        for draft in append.drafts:
            self._write(draft, append)
        positions = range(first, len(self._log) + 1)
        if append.command_id is not None:
            self._commands[append.command_id] = positions
        for follower in self._followers:
            follower(len(self._log))
        return positions

    def _obstacle(self, drafts: Sequence[Draft]) -> Overtaken | Gap | None:
        tips: dict[UUID, int] = {}
        gap = False
        for draft in sorted(drafts, key=lambda draft: draft.originator_version):
            tip = tips.get(draft.originator_id, self._tip(draft))
            if draft.originator_version <= tip:
                return Overtaken()
            gap = gap or draft.originator_version > tip + 1
            tips[draft.originator_id] = draft.originator_version
        return Gap() if gap else None

    def _tip(self, first: Draft) -> int:
        """The version before: of what is stored, or of a stream that begins with 1 (or, like the library's, 0)."""
        stream = self._streams.get(first.originator_id)
        return stream[-1].originator_version if stream else min(first.originator_version, 1) - 1

    def _write(self, draft: Draft, append: Append) -> None:
        stored = Stored(
            *draft, len(self._log) + 1, self._time(append), append.actor, append.command_id, append.correlation_id
        )
        self._log.append(stored)
        self._streams.setdefault(draft.originator_id, []).append(stored)

    def _time(self, append: Append) -> datetime:
        now = append.recorded_at or self._now()
        return max(now, self._log[-1].recorded_at) if self._log else now
