"""Writers that contend, abort and dawdle, followers that read all the while, and an oracle that compares."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import asyncpg

from events.group_commit import GroupCommit
from events.recorder import PostgresRecorder
from events.stored import Draft, Gap, Overtaken, Stored


class Aborted(Exception):
    """Rolled back on purpose."""


@dataclass
class Stress:
    """One run: `contended` streams are fought over, the others are each writer's own."""

    pool: asyncpg.Pool
    writers: int = 6
    followers: int = 3
    appends: int = 40
    contended: Sequence[UUID] = field(default_factory=lambda: [uuid4() for _ in range(3)])
    seed: int = 1

    def __post_init__(self) -> None:
        self.recorder = PostgresRecorder(self.pool)
        self.group = GroupCommit(self.recorder)
        self.acknowledged: set[tuple[UUID, int]] = set()
        self.writing = True

    async def run(self) -> list[str]:
        """What was wrong; empty when all is well."""
        followers = [asyncio.create_task(self._follow()) for _ in range(self.followers)]
        await asyncio.gather(*(self._write(random.Random(self.seed + n)) for n in range(self.writers)))
        await self.group.close()
        self.writing = False
        stored = await self.recorder.select_feed(0, 1_000_000)
        return self._judge(stored, [await follower for follower in followers])

    async def _write(self, chance: random.Random) -> None:
        own, version = uuid4(), 0
        for _ in range(self.appends):
            drafts = [Draft(own, version + 1, "own", b"{}")]
            if chance.random() < 0.4:
                drafts.append(await self._contending(chance.choice(self.contended)))
            try:
                await self._append(drafts, chance)
            except (Overtaken, Gap, Aborted, asyncpg.UniqueViolationError):
                continue
            version += 1
            self.acknowledged |= {(draft.originator_id, draft.originator_version) for draft in drafts}

    async def _contending(self, stream: UUID) -> Draft:
        seen = await self.recorder.select_stream(stream)
        return Draft(stream, len(seen) + 1, "contended", b"{}")

    async def _append(self, drafts: Sequence[Draft], chance: random.Random) -> None:
        if chance.random() < 0.5:
            await self.group.append(drafts, command_id=uuid4())
            return
        async with self.pool.acquire() as connection, connection.transaction():
            await connection.execute("SELECT 1")
            await self.recorder.append_on(connection, drafts)
            await asyncio.sleep(chance.random() * 0.004)
            if chance.random() < 0.3:
                raise Aborted

    async def _follow(self) -> list[Stored]:
        """A plain cursor: `position > last seen`."""
        seen: list[Stored] = []
        while True:
            last_round = not self.writing
            batch = await self.recorder.select_feed(seen[-1].position if seen else 0, 7)
            seen += batch
            if last_round and not batch:
                return seen
            await asyncio.sleep(0.0005)

    def _judge(self, stored: Sequence[Stored], followed: Sequence[Sequence[Stored]]) -> list[str]:
        wrong = []
        if any(list(seen) != list(stored) for seen in followed):
            wrong.append("a follower skipped, repeated or reordered")
        if [fact.position for fact in stored] != list(range(1, len(stored) + 1)):
            wrong.append("positions have gaps")
        if {(fact.originator_id, fact.originator_version) for fact in stored} != self.acknowledged:
            wrong.append("acknowledged is not what is stored")
        if any(list(range(1, len(found) + 1)) != found for found in _versions(stored).values()):
            wrong.append("a stream is not contiguous, or its order is not that of the log")
        return wrong


def _versions(stored: Sequence[Stored]) -> dict[UUID, list[int]]:
    versions: dict[UUID, list[int]] = {}
    for fact in stored:
        versions.setdefault(fact.originator_id, []).append(fact.originator_version)
    return versions
