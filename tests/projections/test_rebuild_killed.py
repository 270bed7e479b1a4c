"""A rebuild that is killed at any moment takes nothing with it, and the next one begins cleanly."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import asyncpg
import psutil
import pytest

from benchmarks.portfolio import years
from projections import builds, storage
from projections.all import view
from projections.rebuild.crew import Incomplete
from projections.view import fold
from tests.projections import killed
from tests.projections.test_projector import table

ROOT = Path(__file__).resolve().parents[2]
KILLS = 1
VIEWS = [view(name) for name in killed.VIEWS]


@pytest.fixture
async def filled(pool: asyncpg.Pool, database: str) -> str:
    async with pool.acquire() as connection:
        await years.fill(connection, 30)
    await killed.rebuild(database)
    return database


async def test_killed_at_any_moment_it_leaves_what_is_live_and_the_next_begins_cleanly(
    filled: str, pool: asyncpg.Pool
) -> None:
    random, head = Random(5), await pool.fetchval("SELECT max(position) FROM event_log")
    before = {each.name: await table(pool, each) for each in VIEWS}
    live = await builds.found(pool)
    for _ in range(KILLS):
        lines = random.randrange(0, 9)  # at the start, while the log is set apart, folded, indexed or swapped
        left = await kill(filled, after=lines)
        assert await eventually(lambda left=left: not any(psutil.pid_exists(pid) for pid in left))
        assert set(await builds.found(pool)) == set(live)
        assert await storage.positions(pool, VIEWS) == dict.fromkeys(killed.VIEWS, head)
        for each in VIEWS:
            assert await table(pool, each) == before[each.name]
    assert await eventually_free(pool)
    assert await killed.rebuild(filled) == dict.fromkeys(killed.VIEWS, head)
    async with pool.acquire() as connection:
        now = await builds.found(connection)
        for each in VIEWS:
            assert await builds.built(connection, each) == [now[each.name]]
            assert await table(pool, each) == before[each.name]


async def test_by_several_processes_it_is_the_fold_of_the_log(filled: str, pool: asyncpg.Pool) -> None:
    from cli.whole_log import whole_log

    rows: list[bytes] = []

    def take(some: Sequence[tuple[int, bytes]]) -> None:
        rows.extend(row for _, row in some)

    async with whole_log(filled)() as log:
        await log.rows(0, 10**9, [], take)
        facts = await log.decoded(b"".join(rows))
    for each in VIEWS:
        assert await table(pool, each) == fold(each, facts)


async def test_files_that_somebody_removes_meanwhile_are_missed(
    filled: str, pool: asyncpg.Pool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = await builds.found(pool)

    def tidy(*_: int) -> None:
        for file in tmp_path.glob("tierce-rebuild-*/0000-*"):
            file.unlink()

    with monkeypatch.context() as patch:
        patch.setattr(killed, "said", tidy)
        with pytest.raises(Incomplete):
            await killed.rebuild(filled)
    assert await builds.found(pool) == before


async def kill(dsn: str, *, after: int) -> list[int]:
    """Start a rebuild and kill it after so many lines; the processes it had started by then."""
    rebuilding = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.projections.killed", dsn,
        stdout=asyncio.subprocess.PIPE, cwd=ROOT, env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"},
    )  # fmt: skip
    assert rebuilding.stdout is not None
    for _ in range(after):
        if not await rebuilding.stdout.readline():
            break
    try:
        left = [child.pid for child in psutil.Process(rebuilding.pid).children(recursive=True)]
        rebuilding.send_signal(signal.SIGKILL)
    except (ProcessLookupError, psutil.NoSuchProcess):
        left = []
    await rebuilding.wait()
    return left


async def eventually(what: Callable[[], bool], within: float = 20.0) -> bool:
    async with asyncio.timeout(within):
        while not what():  # noqa: ASYNC110 - only the system knows
            await asyncio.sleep(0.05)
    return True


async def eventually_free(pool: asyncpg.Pool) -> bool:
    """The server has noticed that the killed one is gone."""
    held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2"
    async with asyncio.timeout(20):
        while await pool.fetchval(held):  # noqa: ASYNC110 - only the database knows
            await asyncio.sleep(0.05)
    return True
