"""Signs a head now and then and hands it to everyone who keeps heads."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import date
from http.client import HTTPException
from typing import Protocol

from cli.sealing.places import Store, append, put, store_of
from cli.settings import Settings
from events.tree.heads import heads, signed
from events.tree.notes import PrivateKey
from suppliers.ports import Clock

log = logging.getLogger(__name__)

EVERY = 60.0
"""Seconds between two heads of a log that grows."""


class Tree(Protocol):
    @property
    def size(self) -> int: ...
    @property
    def root(self) -> bytes: ...


Mail = Callable[[str, str, date], Awaitable[bool]]
"""An address, a note and the day it is for; whether nothing is left to do."""


class Publishing:
    """What cannot be reached is tried again with the next head, which says all that this one said."""

    def __init__(self, settings: Settings, key: PrivateKey, clock: Clock, mail: Mail) -> None:
        self._settings, self._key, self._clock, self._mail = settings, key, clock, mail
        self._store = store_of(settings)
        self._filed, self._put, self._at = 0, 0, float("-inf")
        self._mailed: dict[str, date] = {}

    async def look(self, tree: Tree) -> None:
        """Publish a head if it is time."""
        now = asyncio.get_running_loop().time()
        if not tree.size or now - self._at < EVERY:
            return
        note = signed(self._key, size=tree.size, root=tree.root, at=self._clock.now())
        if self._settings.heads_file and self._filed != tree.size:
            await asyncio.to_thread(append, self._settings.heads_file, note)
            self._filed = tree.size
        if self._store and self._put != tree.size and await self._sent(self._store, note):
            self._put = tree.size
        await self._mails(note)
        self._at = now

    async def _sent(self, store: Store, note: str) -> bool:
        (head,) = heads(note)
        try:
            await asyncio.to_thread(put, store, head, note)
        except (OSError, HTTPException) as failure:
            log.error("the head of %d events could not be put at TIERCE_HEADS_URL: %s", head.size, failure)
            return False
        return True

    async def _mails(self, note: str) -> None:
        """Once a day to each, also of a log that did not grow: no letter is a sign too."""
        today = self._clock.now().date()
        for address in self._settings.heads_readers:
            if self._mailed.get(address) != today and await self._mail(address, note, today):
                self._mailed[address] = today
