"""A server that dies with what it had not written yet, while some write and somebody acts on what is read."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import asyncpg
import psutil

from cli.embedded.postgres import Postgres
from cli.pool import Pool, open_pool
from events.group_commit import GroupCommit
from events.line import send
from events.recorder import PostgresRecorder
from events.stored import Append, Draft, Positions

LOST = "what was acknowledged is not stored as acknowledged"
TAKEN_BACK = "what was handed out is not on the log, or not at its position"

LONG = ["wal_writer_delay=10s", "max_connections=60"]
"""Nobody else writes what a commit left in memory, so that a crash takes it for sure."""

Write = Callable[["Writers", UUID], Awaitable[Positions | None]]


@dataclass
class Writers:
    """One process on the server: its pool is gone with it."""

    pool: Pool
    recorder: PostgresRecorder
    group: GroupCommit


def draft() -> Draft:
    return Draft(uuid4(), 1, "t", b"{}")


async def alone(writers: Writers, command: UUID) -> Positions:
    return await writers.recorder.append([draft()], command_id=command)


async def grouped(writers: Writers, command: UUID) -> Positions:
    return await writers.group.append([draft(), draft()], command_id=command)


async def beside_other_work(writers: Writers, command: UUID) -> Positions:
    async with writers.recorder.transaction() as transaction:
        await transaction.connection.execute("INSERT INTO checkpoints VALUES ($1, 1)", str(command))
        return await transaction.append([draft()], command_id=command)


async def ahead_of_the_disk(pool: asyncpg.Pool, append: Append) -> None:
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("SET LOCAL synchronous_commit = off")
        await send(connection, [append])


async def abandoned(writers: Writers, command: UUID) -> None:
    """As when a process dies between its commit and the disk: seen by all, and nobody saw to it."""
    await ahead_of_the_disk(writers.pool, Append([draft()], command_id=command))


EVERYBODY: Sequence[Write] = (alone, grouped, beside_other_work, beside_other_work, abandoned)


@dataclass
class Crashing:
    """What was told and handed out, to be held against the log when the server is back."""

    postgres: Postgres
    dsn: str
    told: dict[UUID, Positions] = field(default_factory=dict)
    handed_out: list[tuple[int, UUID | None]] = field(default_factory=list)

    async def crash(self, writes: Sequence[Write], seconds: float, *, followed: bool = True) -> None:
        """Work for a while, then die in the middle of it and come back."""
        async with open_pool(self.dsn, connections=len(writes) + 4) as pool:
            recorder = PostgresRecorder(pool)
            writers = Writers(pool, recorder, GroupCommit(recorder))
            working = [asyncio.create_task(self._write(writers, write)) for write in writes]
            working += [asyncio.create_task(self._follow(writers))] if followed else []
            await asyncio.sleep(seconds)
            kill(self.postgres)
            for task in working:
                task.cancel()
            await asyncio.gather(*working, return_exceptions=True)
            pool.terminate()
        self.postgres.start()
        await asyncio.to_thread(self.postgres.wait)

    async def verdict(self) -> list[str]:
        """What is wrong; empty when all is well."""
        async with open_pool(self.dsn, connections=1) as pool:
            recorder = PostgresRecorder(pool)
            await recorder.append([draft()])  # takes the place of what was lost last
            stored = {fact.position: fact.command_id for fact in await recorder.select_feed(0, 10_000_000)}
        told = {position: command for command, positions in self.told.items() for position in positions}
        lost = any(stored.get(position) != command for position, command in told.items())
        taken_back = any(stored.get(position) != command for position, command in self.handed_out)
        return [wrong for wrong, is_so in ((LOST, lost), (TAKEN_BACK, taken_back)) if is_so]

    async def _write(self, writers: Writers, write: Write) -> None:
        while True:
            command = uuid4()
            if positions := await write(writers, command):
                self.told[command] = positions

    async def _follow(self, writers: Writers) -> None:
        """Acts on what it reads at once, and cannot take it back."""
        after = await writers.recorder.head()
        while True:
            facts = await writers.recorder.select_feed(after, 50)
            self.handed_out += [(fact.position, fact.command_id) for fact in facts]
            after = facts[-1].position if facts else after
            await asyncio.sleep(0)


def kill(postgres: Postgres) -> None:
    """Everything at once: what is in its memory only is gone."""
    server = psutil.Process(postgres.pid)
    server.suspend()  # so that it makes no more of them meanwhile
    for process in (*server.children(recursive=True), server):
        with suppress(psutil.NoSuchProcess):
            os.kill(process.pid, signal.SIGKILL)
    while postgres.running:  # until then the next one takes it for a server that is still there
        time.sleep(0.005)
