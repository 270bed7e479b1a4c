"""What waits for the log, and which of it may travel together."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable, Sequence
from uuid import UUID

from events.stored import Append, Outcome


class Pending:
    """An append and the place where its caller waits for the outcome."""

    __slots__ = ("append", "claims", "outcome")

    def __init__(self, append: Append, outcome: asyncio.Future[Outcome]) -> None:
        self.append = append
        self.outcome = outcome
        self.claims = {draft.originator_id for draft in append.drafts}
        """What no other append may touch that travels with it."""
        if append.command_id is not None:
            self.claims.add(append.command_id)

    def settle(self, outcome: Outcome | Exception) -> None:
        if self.outcome.done():  # its caller has gone
            return
        if isinstance(outcome, Exception):
            self.outcome.set_exception(outcome)
        else:
            self.outcome.set_result(outcome)


class Waiting:
    """In the order of their coming."""

    def __init__(self) -> None:
        self._waiting: deque[Pending] = deque()
        self.events = 0

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, pending: Pending) -> None:
        self._waiting.append(pending)
        self.events += len(pending.append.drafts)

    def take(self, limit: int) -> list[Pending]:
        """The first, until there are `limit` events; whoever would contend with them stays, and is judged later."""
        batch: list[Pending] = []
        stay: list[Pending] = []
        claimed: set[UUID] = set()
        waiting, events, left = self._waiting, 0, 0
        while waiting and events < limit:
            pending = waiting.popleft()
            if pending.outcome.done():
                left += len(pending.append.drafts)
            elif pending.claims.isdisjoint(claimed):
                events += len(pending.append.drafts)
                batch.append(pending)
            else:
                stay.append(pending)
            claimed |= pending.claims
        waiting.extendleft(reversed(stay))
        self.events -= events + left
        return batch


def settle(batch: Iterable[Pending], outcomes: Sequence[Outcome | Exception]) -> None:
    for pending, outcome in zip(batch, outcomes, strict=True):
        pending.settle(outcome)


def settle_all(batch: Iterable[Pending], outcome: Exception) -> None:
    for pending in batch:
        pending.settle(outcome)
