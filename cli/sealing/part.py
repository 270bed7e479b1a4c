"""The role's loop: seal what is new, look at what is old, publish heads."""

from __future__ import annotations

import asyncio
import logging
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cli.compose import Instance
    from cli.sealing.publishing import Publishing
    from events.tree.findings import Finding
    from events.tree.sealer import Sealer

log = logging.getLogger(__name__)

GATHER, PATROL = 1.0, 10.0
"""Seconds that new events have to become more before they are sealed, and between two looks at old ones at rest."""
PATIENCE = 5.0


class Sealing:
    """Started again after a crash it knows what it had found: it does not go on while that is so."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._sealer: Sealer | None = None

    async def run(self) -> None:
        """Until cancelled, or until the log is not what it was."""
        from cli.sealing.key import signing_key
        from cli.sealing.publishing import Publishing
        from events.tree.findings import LogChanged
        from events.tree.sealer import Sealer

        instance = self._instance
        key = await asyncio.to_thread(signing_key, instance.settings)
        publishing = Publishing(instance.settings, key, instance.clock, self._mail) if key else None
        self._sealer = self._sealer or Sealer(instance.store.pool)
        try:
            await self._begin(self._sealer)
            while True:
                await self._step(self._sealer, publishing)
        except LogChanged as changed:
            log.critical("THE LOG WAS CHANGED, nothing more is sealed: %s Run tierce verify.", changed)
            await self._tell(changed.finding)
            raise

    async def _begin(self, sealer: Sealer) -> None:
        """Whatever was told of the log is over once it is found as it was and can be sealed again."""
        from cli.sealing.places import last_head
        from events.tree import telling
        from events.tree.sealer import Signed

        head = await asyncio.to_thread(last_head, self._instance.settings.heads_file)
        await sealer.begin([Signed(head.size, head.root)] if head else [])
        await sealer.seal()  # what vanished before it was sealed is found here
        await telling.clear(self._instance.store.pool)

    async def _tell(self, finding: Finding) -> None:
        """On every page; that it cannot be told does not undo it."""
        from events.tree import telling

        try:
            async with asyncio.timeout(PATIENCE):
                await telling.put(self._instance.store.pool, finding)
        except Exception:
            log.exception("no page says that the log was changed, for it could not be written down")

    async def _step(self, sealer: Sealer, publishing: Publishing | None) -> None:
        from events.tree.sealer import BATCH

        if await sealer.seal() == BATCH:
            await asyncio.sleep(0)  # others first; there is more to seal
            return
        if publishing:
            await publishing.look(sealer)
        await sealer.patrol()
        await self._instance.store.feed.wait(sealer.size, PATROL)
        await asyncio.sleep(GATHER)

    async def _mail(self, address: str, note: str, day: date) -> bool:
        from notifications import letters
        from notifications.letter import Correspondent, Envelope
        from notifications.mailroom import Waiting
        from notifications.outcome import Later

        shop = self._instance.workroom.shop
        key = f"tree-head:{day.isoformat()}:{address}"
        envelope = Envelope(key=key, house=shop.house, to=Correspondent(address=address))
        outcome = await shop.mailroom.deliver(letters.tree_head(envelope, note=note, day=day))
        return not isinstance(outcome, Waiting | Later)
