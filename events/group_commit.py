"""Concurrent appends share one lock and one commit; each still succeeds or fails on its own."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from events.batch import Batch, Pending, settle, settle_all, take_batch
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

log = logging.getLogger(__name__)


class Closed(Exception):
    """The log takes no more appends: this process is shutting down."""


class GroupCommit:
    """An append that is alone is sent at once; what arrives meanwhile travels together next.

    At most `room` appends wait or are under way; who comes then waits for room. It keeps one connection, and takes a
    second one while there is more than one `batch` of events, so that one batch is made ready while another is written.
    """

    def __init__(self, recorder: Recorder, *, room: int = 2_000, batch: int = 128) -> None:
        self._recorder = recorder
        self._room = asyncio.Semaphore(room)
        self._batch = batch
        self._waiting: deque[Pending] = deque()
        self._work = asyncio.Event()
        self._flusher: asyncio.Task[None] | None = None
        self._helper: asyncio.Task[None] | None = None
        self._under_way: set[UUID] = set()
        self._idle: AppendMany | None = None
        self._lent = False
        self._lost = False
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
        append = Append(drafts, actor, command_id, correlation_id, recorded_at, beside)
        if self._idle is not None and not self._closed and (self._helper is None or self._helper.done()):
            return unwrap(await self._lone(self._idle, append))
        async with self._room:
            return unwrap(await self._enqueue(append))

    async def close(self) -> None:
        """Refuse what comes, finish what waits."""
        self._closed = True
        self._work.set()
        if self._flusher is not None:
            await self._flusher
        if self._helper is not None:
            await self._helper

    async def _lone(self, append_many: AppendMany, append: Append) -> Outcome:
        """Nothing is under way: its caller borrows the line, and spares both the way through another task."""
        self._idle, self._lent = None, True
        try:
            (outcome,) = await append_many([append])
            return outcome
        except OutcomeUnknown:
            self._lost = True
            raise
        finally:
            self._lent = False
            if self._waiting or self._lost or self._closed:
                self._work.set()
            else:
                self._idle = append_many

    def _enqueue(self, append: Append) -> asyncio.Future[Outcome]:
        if self._closed:
            raise Closed
        outcome: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._waiting.append(Pending(append, outcome))
        if not self._lent:
            self._work.set()
        if self._flusher is None or self._flusher.done():
            self._flusher = asyncio.create_task(self._flush(), name="group commit")
        return outcome

    async def _flush(self) -> None:
        """Until closed and empty. A line that was lost is replaced by a new one with the next batch."""
        while batch := await self._take():
            try:
                async with self._recorder.line() as append_many:
                    await self._carry(append_many, batch, partial(self._take, append_many))
            except Exception as error:
                settle_all(batch, error)
                self._arrived(batch)

    async def _help(self) -> None:
        """As long as something waits that has nothing to do with what is under way."""
        try:
            async with self._recorder.line() as append_many:
                await self._carry(append_many, self._next(), self._take_now)
        except Exception as error:
            log.debug("there is no second line: %s", error)

    async def _carry(self, append_many: AppendMany, batch: Batch, take: Callable[[], Awaitable[Batch]]) -> None:
        """This batch and those that follow, on one line; until there is none, or the line is lost."""
        while batch:
            if batch.full and self._waiting and (self._helper is None or self._helper.done()):
                self._helper = asyncio.create_task(self._help(), name="group commit's helper")
            try:
                settle(batch, await self._send(append_many, batch))
            except Exception as error:
                return settle_all(batch, error)
            finally:
                self._arrived(batch)
            batch = await take()
        return None

    async def _take(self, append_many: AppendMany | None = None) -> Batch:
        """The next batch; empty once closed and drained, and when the line was lost by whom it was lent to."""
        await asyncio.sleep(0)  # who was just answered may have its next one ready: fewer, fuller batches
        while not (batch := self._next()):
            if self._closed and not self._waiting:
                break
            self._idle = append_many
            await self._something()
            self._idle = None
            if self._lost:
                self._lost = False
                break
        return batch

    async def _something(self) -> None:
        """To do, and the line is here."""
        self._work.clear()
        await self._work.wait()
        while self._lent:
            self._work.clear()
            await self._work.wait()

    async def _take_now(self) -> Batch:
        await asyncio.sleep(0)
        return self._next()

    def _next(self) -> Batch:
        batch = take_batch(self._waiting, self._batch, self._under_way)
        self._under_way |= batch.claims
        return batch

    def _arrived(self, batch: Batch) -> None:
        """Who waited for these streams may go now."""
        self._under_way -= batch.claims
        batch.claims = set()
        self._work.set()

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
