"""Loads aggregates from their streams and saves what they decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from events.fact import Folds, R, Root, fold
from events.mapper import Mapper
from events.snapshots import EVERY, Snapshots, taken
from events.stored import Appender, Positions, Recorder


class Repository:
    """Appends go through `appender` when there is one: a group commit in front of the recorder."""

    def __init__(
        self,
        recorder: Recorder,
        mapper: Mapper,
        appender: Appender | None = None,
        snapshots: Snapshots | None = None,
        *,
        every: int = EVERY,
    ) -> None:
        """With `snapshots`, one is taken whenever so many events had to be read for one aggregate."""
        self._recorder = recorder
        self._mapper = mapper
        self._appender = appender or recorder
        self._snapshots = snapshots
        self._every = every

    async def facts(self, id: UUID) -> Sequence[Folds]:
        """What makes the aggregate, in order; empty when there is none. A snapshot may stand for its first events."""
        if self._snapshots is None:
            return await self._mapper.facts(await self._recorder.select_stream(id))
        snapshot, stored = await self._snapshots.select(id)
        if snapshot is not None and not snapshot.readable:
            snapshot, stored = None, await self._recorder.select_stream(id)
        facts = await self._mapper.facts(stored)
        if len(stored) >= self._every and (made := taken(stored, facts, snapshot)):
            await self._snapshots.keep(*made)
        return [snapshot, *facts] if snapshot else facts

    async def load(self, kind: type[R], id: UUID) -> R | None:
        """As it is now; None when there is none of that kind."""
        aggregate = fold(await self.facts(id))
        return aggregate if isinstance(aggregate, kind) else None

    async def save(
        self,
        *aggregates: Root,
        actor: UUID | None = None,
        command_id: UUID | None = None,
        correlation_id: str | None = None,
        recorded_at: datetime | None = None,
    ) -> int:
        """Record what is pending on all of them, together or not at all; the last position, 0 for nothing.

        What is pending stays so until it is recorded: after an unknown outcome save again with the same command id.
        """
        pending = [fact for aggregate in aggregates for fact in aggregate.pending_events]
        positions = await self._appender.append(
            await self._mapper.drafts(pending),
            actor=actor,
            command_id=command_id,
            correlation_id=correlation_id,
            recorded_at=recorded_at,
        )
        for aggregate in aggregates:
            aggregate.pending_events.clear()
        return _last(positions)

    async def recorded(self, command_id: UUID) -> int:
        """The last position this command wrote, 0 when it never did."""
        return _last(await self._recorder.find_command(command_id))


def _last(positions: Positions) -> int:
    return positions[-1] if positions else 0
