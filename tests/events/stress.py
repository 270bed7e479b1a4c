"""Processes of writers that contend, abort, dawdle and are killed, and followers that read all the while."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg

from events.recorder import PostgresRecorder
from events.stored import Stored
from tests.events.judging import Attempt, attempts, judge

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120.0


@dataclass
class Stress:
    """One run. The last `killed` of the writers end in the middle of a transaction, by kill -9."""

    dsn: str
    folder: Path
    writers: int = 3
    killed: int = 1
    followers: int = 3
    appends: int = 25
    contended: Sequence[UUID] = field(default_factory=lambda: [uuid4() for _ in range(3)])
    seed: int = 1
    tried: dict[UUID, Attempt] = field(default_factory=dict)
    stored: Sequence[Stored] = ()

    async def run(self) -> list[str]:
        """What was wrong; empty when all is well."""
        writing = asyncio.Event()
        following = [asyncio.create_task(self._follow(writing, limit)) for limit in range(5, 5 + self.followers)]
        processes = [await self._start(number) for number in range(self.writers)]
        try:
            doomed = range(self.writers - self.killed, self.writers)
            await asyncio.gather(*(self._kill(processes[number], number) for number in doomed))
            ends = [await asyncio.wait_for(each.wait(), PATIENCE) for each in processes]
            assert ends == [0] * doomed.start + [-9] * len(doomed), f"writers ended with {ends}"
        finally:
            for process in processes:
                if process.returncode is None:
                    process.kill()
            writing.set()
        followed = [await follower for follower in following]
        return await self._judge(followed)

    async def _judge(self, followed: Sequence[Sequence[Stored]]) -> list[str]:
        self.tried = attempts(line for number in range(self.writers) for line in self._notes(number))
        async with asyncpg.create_pool(self.dsn, min_size=1, max_size=1) as pool:
            self.stored = await PostgresRecorder(pool).select_feed(0, 10_000_000)
        return judge(self.stored, followed, self.tried, self.contended)

    async def _start(self, number: int) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.events.writing", self.dsn, str(self._file(number))),
            *(str(self.seed * 1000 + number), str(self.appends)),
            "doomed" if number >= self.writers - self.killed else "spared",
            *map(str, self.contended),
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

    async def _kill(self, process: asyncio.subprocess.Process, number: int) -> None:
        """While it holds a transaction open, with the append in it."""
        deadline = time.monotonic() + PATIENCE
        while not any(line.startswith("holding") for line in self._notes(number)):
            assert process.returncode is None and time.monotonic() < deadline, "it never held a transaction"
            await asyncio.sleep(0.02)
        process.kill()

    async def _follow(self, written: asyncio.Event, limit: int) -> list[Stored]:
        """A plain cursor on a connection of its own: `position > last seen`."""
        seen: list[Stored] = []
        async with asyncpg.create_pool(self.dsn, min_size=1, max_size=1) as pool:
            recorder = PostgresRecorder(pool)
            while True:
                last_round = written.is_set()
                batch = await recorder.select_feed(seen[-1].position if seen else 0, limit)
                seen += batch
                if last_round and not batch:
                    return seen
                await asyncio.sleep(0 if len(batch) == limit else 0.002)

    def _file(self, number: int) -> Path:
        return self.folder / f"notes-{self.seed}-{number}"

    def _notes(self, number: int) -> list[str]:
        file = self._file(number)
        return file.read_text().splitlines() if file.exists() else []
