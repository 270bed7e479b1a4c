"""A sealer at work behind the load, and the heads it reached, noted where no fault reaches them."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime

import asyncpg

from events.link import LOST
from events.stored import OutcomeUnknown
from events.tree.sealer import Sealer, Signed
from events.tree.verifying import Known

log = logging.getLogger(__name__)
PAUSE = 0.2


class Seals:
    """Every head was committed before it was noted, so a log that is whole agrees with each of them."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool
        self.heads: list[Known] = []

    async def run(self) -> None:
        """Until cancelled; a log that was changed ends it."""
        while True:
            try:
                await self._seal()
            except (*LOST, OutcomeUnknown) as lost:
                log.warning("sealer begins again: %s", lost or type(lost).__name__)
                await asyncio.sleep(PAUSE)

    async def _seal(self) -> None:
        sealer = Sealer(self._pool)
        await sealer.begin([Signed(head.size, head.root) for head in self.heads[-1:]])
        while True:
            if await sealer.seal():
                self.heads.append(Known(sealer.size, sealer.root, datetime.now(UTC).isoformat()))
            await asyncio.sleep(PAUSE)
