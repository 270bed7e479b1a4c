"""Processes of `tierce serve`, as a process manager would run them."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from processes import ROOT

SINGLETONS = ("projector", "relay", "sweeper", "timekeeper")


def settings(*, database: str, nats: str, smtp: str, base_url: str) -> Mapping[str, str]:
    """What all processes of an instance are told."""
    return {
        "TIERCE_DATABASE_URL": database,
        "TIERCE_NATS_URL": nats,
        "TIERCE_SMTP_URL": smtp,
        "TIERCE_BASE_URL": base_url,
        "TIERCE_SECRET_KEY": "for-tests-only-for-tests-only-for-tests-only",
        "TIERCE_SENDER": "Meridian Bank <risk@meridian.example>",
        "TIERCE_COMPANY": "Meridian Bank",
        "TIERCE_HOST": "127.0.0.1",
    }


class Served:
    """One process with some roles, on a port that is free."""

    def __init__(self, process: asyncio.subprocess.Process, said: Path) -> None:
        self.process, self.said = process, said
        self.address = ""

    async def ready(self, within: float = 60) -> None:
        assert self.process.stdout is not None
        async with asyncio.timeout(within):
            while not (line := await self.process.stdout.readline()).startswith(b"Tierce "):
                assert line, f"it ended before it was ready: {self.said.read_text()}"
        self.address = line.decode().split(" at ")[1].strip()

    async def kill(self) -> None:
        if self.process.returncode is None:
            self.process.kill()
        await asyncio.wait_for(self.process.wait(), 20)


@asynccontextmanager
async def serving(folder: Path, told: Mapping[str, str], *roles: str, port: int = 0) -> AsyncIterator[Served]:
    """Started, and killed at the end."""
    said = folder / f"{'-'.join(roles)[:40]}-{port}.log"
    with said.open("ab") as errors:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "cli", "serve", "--roles", ",".join(roles)),
            stdout=asyncio.subprocess.PIPE,
            stderr=errors,
            cwd=folder,
            env={**os.environ, **told, "PYTHONPATH": str(ROOT), "TIERCE_PORT": str(port)},
        )
    served = Served(process, said)
    try:
        yield served
    finally:
        await served.kill()


async def command(folder: Path, told: Mapping[str, str], *arguments: str) -> str:
    """A `tierce` command to its end; what it said."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "cli", *arguments),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        cwd=folder,
        env={**os.environ, **told, "PYTHONPATH": str(ROOT)},
    )
    said, _ = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 0, said.decode()
    return said.decode()
