"""A process of writers for the ordering stress: they contend, dawdle, abort and note what they were told.

`python -m tests.events.writing DSN NOTES SEED APPENDS DOOMED STREAM...`
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import asyncpg

from events.group_commit import GroupCommit
from events.recorder import PostgresRecorder
from events.stored import Draft, Gap, Overtaken

LANES = 3
OTHER_WORK = (
    "INSERT INTO checkpoints VALUES ($1, 1) ON CONFLICT (name) DO UPDATE SET position = checkpoints.position + 1"
)
"""What a transaction writes besides its append."""


class Aborted(Exception):
    """Rolled back on purpose."""


class Notes:
    """A line for each attempt before it is sent, and one for what became of it; whoever is killed leaves the first."""

    def __init__(self, path: str) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def write(self, *words: object) -> None:
        os.write(self._file, (" ".join(map(str, words)) + "\n").encode())

    @asynccontextmanager
    async def attempt(self, drafts: Sequence[Draft]) -> AsyncIterator[tuple[UUID, list[range]]]:
        """Yields a new command id and where to put the positions that were acknowledged."""
        command, told = uuid4(), list[range]()
        self.write("try", command, *(f"{draft.originator_id}/{draft.originator_version}" for draft in drafts))
        try:
            yield command, told
        except (Aborted, Overtaken, Gap, asyncpg.UniqueViolationError) as reason:
            self.write("no", command, type(reason).__name__)
            raise
        self.write("yes", command, told[0].start, told[0].stop)


@dataclass
class Writer:
    """`contended` streams are fought over; each lane has one of its own, too."""

    pool: asyncpg.Pool
    notes: Notes
    contended: Sequence[UUID]
    chance: random.Random
    name: str = field(default_factory=lambda: uuid4().hex)

    def __post_init__(self) -> None:
        self.recorder = PostgresRecorder(self.pool)
        self.group = GroupCommit(self.recorder)

    async def lane(self, appends: int) -> None:
        own, version = uuid4(), 0
        for _ in range(appends):
            drafts = [Draft(own, version + n, "own", b"{}") for n in range(1, self.chance.randrange(2, 4))]
            if self.chance.random() < 0.4:
                drafts.append(await self._contending())
            try:
                await self._append(drafts)
            except (Aborted, Overtaken, Gap, asyncpg.UniqueViolationError):
                continue
            version += sum(draft.originator_id == own for draft in drafts)

    async def hold(self) -> None:
        """Stay in the middle of a transaction, after its append, until killed."""
        drafts = [Draft(uuid4(), 1, "held", b"{}")]
        async with (
            self.notes.attempt(drafts) as (command, _),
            self.pool.acquire() as connection,
            connection.transaction(),
        ):
            await self.recorder.append_on(connection, drafts, command_id=command)
            self.notes.write("holding", command)
            await asyncio.sleep(60)

    async def _contending(self) -> Draft:
        stream = self.chance.choice(self.contended)
        return Draft(stream, len(await self.recorder.select_stream(stream)) + 1, "contended", b"{}")

    async def _append(self, drafts: Sequence[Draft]) -> None:
        if (chosen := self.chance.random()) < 0.5:
            beside = self._beside if chosen < 0.2 else None
            async with self.notes.attempt(drafts) as (command, told):
                told.append(await self.group.append(drafts, command_id=command, beside=beside))
            return
        if chosen < 0.75:
            async with self.notes.attempt(drafts) as (command, told), self.recorder.transaction() as transaction:
                append = partial(transaction.append, drafts, command_id=command)
                told.append(await self._long(transaction.connection, append))
            return
        async with self.pool.acquire() as connection:
            if self.chance.random() < 0.2:
                await self._change_of_mind(connection, drafts)
            async with self.notes.attempt(drafts) as (command, told), connection.transaction():
                append = partial(self.recorder.append_on, connection, drafts, command_id=command)
                told.append(await self._long(connection, append))

    async def _beside(self, connection: Any) -> None:
        """Other work that shares a transaction and its commit with appends of other lanes; it may fail."""
        await connection.execute(OTHER_WORK, f"{self.name}-beside")  # rows that nobody locks before an append
        if self.chance.random() < 0.3:
            raise Aborted

    async def _change_of_mind(self, connection: asyncpg.pool.PoolConnectionProxy, drafts: Sequence[Draft]) -> None:
        """An append taken back to a savepoint, in a transaction that goes on and commits."""
        async with connection.transaction():
            await connection.execute(OTHER_WORK, self.name)
            try:
                async with self.notes.attempt(drafts) as (command, _), connection.transaction():
                    await self.recorder.append_on(connection, drafts, command_id=command)
                    raise Aborted
            except (Aborted, Overtaken, Gap, asyncpg.UniqueViolationError):
                await connection.execute(OTHER_WORK, self.name)

    async def _long(self, connection: Any, append: Callable[[], Awaitable[range]]) -> range:
        await connection.execute(OTHER_WORK, f"{self.name}-{id(connection)}")
        await connection.execute("SELECT pg_sleep($1)", self.chance.random() * 0.004)
        positions = await append()
        await connection.execute("SELECT pg_sleep($1)", self.chance.random() * 0.004)
        if self.chance.random() < 0.3:
            raise Aborted
        return positions


async def main(dsn: str, notes: str, seed: str, appends: str, doomed: str, *streams: str) -> None:
    async with asyncpg.create_pool(dsn, min_size=1, max_size=LANES + 2, timeout=5, command_timeout=30) as pool:
        writer = Writer(pool, Notes(notes), [UUID(each) for each in streams], random.Random(int(seed)))
        await asyncio.gather(*(writer.lane(int(appends)) for _ in range(LANES)))
        await writer.group.close()
        if doomed == "doomed":
            await asyncio.gather(writer.hold(), writer.lane(int(appends)))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
