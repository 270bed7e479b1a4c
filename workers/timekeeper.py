"""Time passing becomes facts: asks what is due, gives the orders; the aggregates refuse what is not due any more."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Protocol
from uuid import uuid5

import structlog

from projections.renewals import Due, Kind, due
from suppliers.assurance import LapseAttestation, RequestRenewal
from suppliers.diligence import LapseAssessment, MarkOverdue, RemindVendor
from suppliers.errors import Refusal
from suppliers.governance import ExpireApproval, LapseSuspension, MissCondition, ReassessPosture
from suppliers.ports import SYSTEM, Command, Feed
from workers.courier import ORDERS
from workers.workshop import Workshop

if TYPE_CHECKING:
    from projections.storage import Reader

log = structlog.get_logger("workers")

ROUND = 1.0
"""Seconds between two looks at what is due."""
AGAIN = timedelta(minutes=10)
"""After a refusal the view is probably a moment behind; the same thing is not tried again before this."""


class Waiting(Protocol):
    """Waits until views have taken what was just recorded."""

    async def wait(self, views: tuple[str, ...], position: int, timeout: float = 1.0) -> bool: ...


ORDER: Mapping[Kind, Callable[[Due], Command]] = {
    Kind.REMINDER: lambda each: RemindVendor(assessment_id=each.aggregate_id, step=str(each.params["step"])),
    Kind.OVERDUE: lambda each: MarkOverdue(assessment_id=each.aggregate_id),
    Kind.LAPSE: lambda each: LapseAssessment(assessment_id=each.aggregate_id),
    Kind.RENEWAL: lambda each: RequestRenewal(
        attestation_id=each.aggregate_id, days_left=int(each.params["days_left"])
    ),
    Kind.ATTESTATION_END: lambda each: LapseAttestation(attestation_id=each.aggregate_id),
    Kind.APPROVAL_END: lambda each: ExpireApproval(use_id=each.aggregate_id),
    Kind.CONDITION: lambda each: MissCondition(review_id=each.aggregate_id, index=int(each.params["index"])),
    Kind.RATIFICATION: lambda each: LapseSuspension(supplier_id=each.aggregate_id),
    Kind.AGEING: lambda each: ReassessPosture(use_id=each.aggregate_id, on=date.fromisoformat(str(each.params["on"]))),
}
"""What is ordered when a thing of this kind is due."""


class Timekeeper:
    """A singleton. Told the same thing twice it changes nothing: the occasion is the command's id."""

    def __init__(
        self, reader: Reader, shop: Workshop, feed: Feed | None = None, waiting: Waiting | None = None
    ) -> None:
        """With `feed` and `waiting` it acts only on views that have reached the head of the log."""
        self._reader, self._shop, self._feed, self._waiting = reader, shop, feed, waiting
        self._refused: dict[str, datetime] = {}

    async def run(self, *, pause: float = ROUND) -> None:
        """Until cancelled."""
        while True:
            if not await self.tick():
                await asyncio.sleep(pause)

    async def tick(self) -> int:
        """Order everything that is due now; how many orders were carried out."""
        if not await self._views_are_there():
            return 0
        now = self._shop.clock.now()
        self._refused = {key: at for key, at in self._refused.items() if now - at < AGAIN}
        carried_out = 0
        for each in await due(self._reader, now):
            if each.key not in self._refused:
                carried_out += bool(await self._order(each, now))
        return carried_out

    async def _views_are_there(self) -> bool:
        """A view that is behind (a rebuild, a new version) would have things due that were done long ago."""
        if self._feed is None or self._waiting is None:
            return True
        return await self._waiting.wait(("renewals", "posture"), await self._feed.head(), 2.0)

    async def _order(self, each: Due, now: datetime) -> int:
        """The position of what was recorded, 0 when it was refused."""
        command = ORDER[each.kind](each)
        occasion = f"{each.key}@{each.due_at.isoformat()}"
        try:
            receipt = await self._shop.office.issue(command, actor=SYSTEM, command_id=uuid5(ORDERS, occasion), at=now)
        except Refusal as refusal:
            log.debug("not_due", key=each.key, why=refusal.sentence)
            self._refused[each.key] = now
            return 0
        self._refused[each.key] = now
        return receipt.position
