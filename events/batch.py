"""What waits for the log, and which of it may travel together."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable
from uuid import UUID

from events.stored import Append, Outcome


class Pending:
    """An append and the place where its caller waits for the outcome."""

    __slots__ = ("append", "outcome")

    def __init__(self, append: Append) -> None:
        self.append = append
        self.outcome: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()

    @property
    def claims(self) -> set[UUID]:
        """What no other append of the same batch may touch."""
        claimed = {draft.originator_id for draft in self.append.drafts}
        if self.append.command_id is not None:
            claimed.add(self.append.command_id)
        return claimed

    def settle(self, outcome: Outcome | Exception) -> None:
        if self.outcome.done():  # its caller has gone
            return
        if isinstance(outcome, Exception):
            self.outcome.set_exception(outcome)
        else:
            self.outcome.set_result(outcome)


def take_batch(waiting: deque[Pending], limit: int) -> list[Pending]:
    """The first that fit; whoever would contend with one of them stays for the next batch and is judged there."""
    batch: list[Pending] = []
    stay: list[Pending] = []
    claimed: set[UUID] = set()
    events = 0
    while waiting and events < limit:
        pending = waiting.popleft()
        if pending.outcome.done():
            continue
        claims = pending.claims
        if claimed.isdisjoint(claims):
            claimed |= claims
            events += len(pending.append.drafts)
            batch.append(pending)
        else:
            stay.append(pending)
    waiting.extendleft(reversed(stay))
    return batch


def settle_all(batch: Iterable[Pending], outcome: Exception) -> None:
    for pending in batch:
        pending.settle(outcome)
