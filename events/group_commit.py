"""Concurrent appends share one lock and one commit; each still succeeds or fails on its own."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from events.batch import Pending, Waiting, settle, settle_all
from events.stored import (
    NOTHING,
    Append,
    AppendMany,
    Beside,
    Draft,
    Outcome,
    OutcomeUnknown,
    Positions,
    Recorder,
    unwrap,
)


class Closed(Exception):
    """The log takes no more appends: this process is shutting down."""


class GroupCommit:
    """An append that is alone is sent at once; what arrives meanwhile travels together next.

    When there are very many, half of them are written while the other half is told and has its next ones made ready, so
    that neither the database nor this process waits for the other; `least` is how many events are worth a journey of
    their own. At most `room` appends wait or are under way; who comes then waits for room.
    """

    def __init__(self, recorder: Recorder, *, room: int = 2_000, batch: int = 256, least: int = 64) -> None:
        self._recorder = recorder
        self._room = asyncio.Semaphore(room)
        self._batch = batch
        self._least = least
        self._waiting = Waiting()
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
            outcome = self._enqueue(Append(drafts, actor, command_id, correlation_id, recorded_at, beside))
            return unwrap(await outcome)

    async def close(self) -> None:
        """Refuse what comes, finish what waits."""
        self._closed = True
        self._work.set()
        if self._flusher is not None:
            await self._flusher

    def _enqueue(self, append: Append) -> asyncio.Future[Outcome]:
        if self._closed:
            raise Closed
        outcome: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._waiting.add(Pending(append, outcome))
        self._work.set()
        if self._flusher is None or self._flusher.done():
            self._flusher = asyncio.create_task(self._flush(), name="group commit")
        return outcome

    async def _flush(self) -> None:
        """Until closed and empty. A line that was lost is replaced by a new one with the next batch."""
        while batch := await self._take():
            try:
                async with self._recorder.line() as append_many:
                    await self._carry(append_many, batch)
            except Exception as error:
                settle_all(batch, error)

    async def _carry(self, append_many: AppendMany, batch: Sequence[Pending]) -> None:
        """This batch and those that follow, on one line; until there is none, or the line is lost."""
        while batch:
            try:
                outcomes = await self._send(append_many, batch)
            except Exception as error:
                return settle_all(batch, error)
            if self._waiting.events < self._least:
                settle(batch, outcomes)
                batch = await self._take()
            else:  # these are told while others are written
                asyncio.get_running_loop().call_soon(settle, batch, outcomes)
                batch = self._waiting.take(self._share(sum(len(pending.append.drafts) for pending in batch)))
        return None

    async def _take(self) -> Sequence[Pending]:
        """The next batch; empty once closed and drained."""
        await asyncio.sleep(0)  # who was just answered may have its next one ready: fewer, fuller batches
        while not (batch := self._waiting.take(self._share())):
            if self._closed and not self._waiting:
                break
            self._work.clear()
            await self._work.wait()
        return batch

    def _share(self, told: int = 0) -> int:
        """How many events are written next: half of all, with those that come back, when each half is worth it."""
        half = (self._waiting.events + told + 1) // 2
        return self._batch if half < self._least else min(half, self._batch)

    async def _send(self, append_many: AppendMany, batch: Sequence[Pending]) -> Sequence[Outcome | Exception]:
        try:
            return await append_many([pending.append for pending in batch])
        except OutcomeUnknown:
            raise
        except Exception as error:
            if len(batch) == 1:
                return [error]
            return [await self._alone(append_many, each) for each in batch]

    async def _alone(self, append_many: AppendMany, pending: Pending) -> Outcome | Exception:
        """One of them is bad and brought all down: let each try by itself, and know at once."""
        (outcome,) = await self._send(append_many, [pending])
        pending.settle(outcome)
        return outcome
