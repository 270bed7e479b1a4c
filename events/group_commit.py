"""Concurrent appends share one lock and one commit; each still succeeds or fails on its own."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from events.batch import Pending, settle_all, take_batch
from events.stored import NOTHING, Append, AppendMany, Beside, Draft, OutcomeUnknown, Positions, Recorder, unwrap


class Closed(Exception):
    """The log takes no more appends: this process is shutting down."""


class GroupCommit:
    """An append that is alone is sent at once; what arrives meanwhile travels together next.

    At most `room` appends wait or are under way; who comes then waits for room. It keeps one connection.
    """

    def __init__(self, recorder: Recorder, *, room: int = 2_000, batch: int = 1_000) -> None:
        self._recorder = recorder
        self._room = asyncio.Semaphore(room)
        self._batch = batch
        self._waiting: deque[Pending] = deque()
        self._work = asyncio.Event()
        self._flusher: asyncio.Task[None] | None = None
        self._closed = False

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
        """With `beside`, other writes share the transaction, and many of these share its commit."""
        if not drafts:
            return NOTHING
        async with self._room:
            pending = self._enqueue(Append(drafts, actor, command_id, correlation_id, recorded_at, beside))
            return unwrap(await pending.outcome)

    async def close(self) -> None:
        """Refuse what comes, finish what waits."""
        self._closed = True
        self._work.set()
        if self._flusher is not None:
            await self._flusher

    def _enqueue(self, append: Append) -> Pending:
        if self._closed:
            raise Closed
        pending = Pending(append)
        self._waiting.append(pending)
        self._work.set()
        if self._flusher is None or self._flusher.done():
            self._flusher = asyncio.create_task(self._flush(), name="group commit")
        return pending

    async def _flush(self) -> None:
        """Until closed and empty. A line that was lost is replaced by a new one with the next batch."""
        while batch := await self._take():
            try:
                async with self._recorder.line() as append_many:
                    while batch:
                        await self._send(append_many, batch)
                        batch = await self._take()
            except Exception as error:
                settle_all(batch, error)

    async def _take(self) -> list[Pending]:
        """The next batch; empty once closed and drained."""
        await asyncio.sleep(0)  # who was just answered may have its next one ready: fewer, fuller batches
        while not (batch := take_batch(self._waiting, self._batch)):
            if self._closed:
                break
            self._work.clear()
            await self._work.wait()
        return batch

    async def _send(self, append_many: AppendMany, batch: Sequence[Pending]) -> None:
        try:
            outcomes = await append_many([pending.append for pending in batch])
        except OutcomeUnknown:
            raise
        except Exception as error:
            if len(batch) == 1:
                return batch[0].settle(error)
            for alone in batch:  # one of them is bad and brought all down: let each try by itself
                await self._send(append_many, [alone])
            return None
        for pending, outcome in zip(batch, outcomes, strict=True):
            pending.settle(outcome)
        return None
