"""However an import is interrupted, running it again settles it: every supplier is there once."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli.main import app
from import_house import GOOD, House, environment
from import_house import importing_house as importing_house
from processes import ROOT

APPEND_LOCK = 8388347322922500097
WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


async def test_killed_while_recording_a_second_run_leaves_every_supplier_there_once(house: House) -> None:
    names = [f"Supplier {each:03}x{each * 7919}" for each in range(300)]
    file = house.file("name\n" + "\n".join(names) + "\n")
    async with house.pool.acquire() as blocking, blocking.transaction():
        await blocking.execute(f"SELECT pg_advisory_xact_lock({APPEND_LOCK})")
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "cli", "import", "suppliers", file, "--allow-duplicates"),
            cwd=house.folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        while not await house.pool.fetchval(WAITING):
            assert process.returncode is None
            await asyncio.sleep(0.05)
        process.kill()
        await process.wait()
        assert await house.suppliers() == []
    await _eventually(lambda: house.run(file, "--allow-duplicates"))
    assert await house.suppliers() == sorted(names)


async def test_a_connection_lost_while_recording_is_said_and_the_next_run_settles_it(house: House) -> None:
    file = house.file(GOOD)
    async with house.pool.acquire() as blocking, blocking.transaction():
        await blocking.execute(f"SELECT pg_advisory_xact_lock({APPEND_LOCK})")
        running = asyncio.create_task(house.run(file))
        while not await house.pool.fetchval(WAITING):
            assert not running.done()
            await asyncio.sleep(0.02)
        await house.pool.execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE NOT granted")
        result = await running
    assert result.exit_code == 1 and "nothing is recorded twice" in result.stderr
    assert (await house.run(file)).exit_code == 0
    assert await house.suppliers() == ["Acme", "Béta Works"]


def test_a_database_that_does_not_answer_is_said_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environment("postgresql://nobody@127.0.0.1:1/nothing").items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in.csv").write_text(GOOD)
    result = CliRunner().invoke(app, ["import", "suppliers", "in.csv"])
    assert (result.exit_code, result.stderr) == (1, "The database does not answer. Nothing was imported.\n")


async def _eventually(run: Callable[[], Awaitable[Result]]) -> None:
    """The dead process' lock goes when its server process notices."""
    for _ in range(50):
        result = await run()
        if result.exit_code == 0:
            return
        assert "Another import" in result.stderr or "has not caught up" in result.stderr
        await asyncio.sleep(0.1)
    pytest.fail(result.output)
