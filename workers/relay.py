"""Copies the log to JetStream, in order, from its own checkpoint."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Protocol

import structlog
from nats.js import JetStreamContext

from suppliers.ports import Feed, Recorded
from workers.pointer import Pointer
from workers.stream import ensure_stream, subject_of

log = structlog.get_logger("workers")

NAME = "relay"
BATCH = 200


class Checkpoints(Protocol):
    """Where a follower has got to."""

    async def get(self, name: str) -> int: ...
    async def set(self, name: str, position: int) -> None: ...


class Relay:
    """A singleton; a message published twice is dropped by its id, and by the ledger if not."""

    def __init__(self, feed: Feed, jetstream: JetStreamContext, checkpoints: Checkpoints, *, replicas: int = 1) -> None:
        self._feed, self._jetstream, self._checkpoints, self._replicas = feed, jetstream, checkpoints, replicas
        self.position = 0

    async def run(self) -> None:
        """Until cancelled."""
        await ensure_stream(self._jetstream, replicas=self._replicas)
        self.position = await self._checkpoints.get(NAME)
        while True:
            if not await self.pass_on():
                await self._feed.wait(self.position, timeout=5.0)

    async def pass_on(self) -> int:
        """Publish one batch; the checkpoint moves only when JetStream has acknowledged all of it."""
        facts = await self._feed.read(self.position, BATCH)
        if facts:
            await self._publish(facts)
            self.position = facts[-1].position
            await self._checkpoints.set(NAME, self.position)
        return len(facts)

    async def _publish(self, facts: Sequence[Recorded]) -> None:
        await asyncio.gather(*(self._publish_one(fact) for fact in facts))

    async def _publish_one(self, fact: Recorded) -> None:
        pointer = Pointer(position=fact.position, topic=fact.topic)
        await self._jetstream.publish(
            subject_of(fact.topic),
            pointer.model_dump_json().encode(),
            headers={"Nats-Msg-Id": str(fact.position), "content-type": "application/json"},
            timeout=10,
        )
