"""What waits for the log, and which of it may travel together."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable, Sequence, Set
from uuid import UUID

from events.stored import Append, Outcome


class Pending:
    """An append and the place where its caller waits for the outcome."""

    __slots__ = ("append", "claims", "outcome")

    def __init__(self, append: Append, outcome: asyncio.Future[Outcome]) -> None:
        self.append = append
        self.outcome = outcome
        self.claims = {draft.originator_id for draft in append.drafts}
        """What no other append may touch that is under way at the same time."""
        if append.command_id is not None:
            self.claims.add(append.command_id)

    def settle(self, outcome: Outcome | Exception) -> None:
        if self.outcome.done():  # its caller has gone
            return
        if isinstance(outcome, Exception):
            self.outcome.set_exception(outcome)
        else:
            self.outcome.set_result(outcome)


class Batch(list[Pending]):
    """Appends that travel together."""

    def __init__(self) -> None:
        super().__init__()
        self.claims: set[UUID] = set()
        self.full = False


def take_batch(waiting: deque[Pending], limit: int, under_way: Set[UUID] = frozenset()) -> Batch:
    """The first that fit; whoever would contend with them or with what is under way stays, and is judged later."""
    batch = Batch()
    stay: list[Pending] = []
    kept_back: set[UUID] = set()
    events = 0
    while waiting and events < limit:
        pending = waiting.popleft()
        if pending.outcome.done():
            continue
        claims = pending.claims
        if claims.isdisjoint(batch.claims) and claims.isdisjoint(under_way) and claims.isdisjoint(kept_back):
            batch.claims |= claims
            events += len(pending.append.drafts)
            batch.append(pending)
        else:
            kept_back |= claims
            stay.append(pending)
    waiting.extendleft(reversed(stay))
    batch.full = events >= limit
    return batch


def settle(batch: Iterable[Pending], outcomes: Sequence[Outcome | Exception]) -> None:
    for pending, outcome in zip(batch, outcomes, strict=True):
        pending.settle(outcome)


def settle_all(batch: Iterable[Pending], outcome: Exception) -> None:
    for pending in batch:
        pending.settle(outcome)
