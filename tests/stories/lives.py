"""An instance that is killed and started again, many times over the same folder."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import signal
import socket
import sys
import time
from pathlib import Path

import psutil

from cli.embedded.folder import DataFolder
from cli.settings import Settings
from processes import ROOT


def free_port() -> int:
    """One that stays ours while we are dead: outside of what systems hand out, and nobody's favourite."""
    while True:
        port = random.randrange(20_000, 32_000)
        with contextlib.suppress(OSError), socket.socket() as trial:
            trial.bind(("127.0.0.1", port))
            return port


class Lives:
    """A `tierce up` over and over; what it says goes into a file beside the folder."""

    def __init__(self, data: Path, *, smtp: str) -> None:
        self.data, self._smtp, self._port = data, smtp, free_port()
        self.said = data.with_name(f"{data.name}.log")
        self.address = ""
        self._process: asyncio.subprocess.Process | None = None

    async def begin(self) -> None:
        """Start it, and do not wait."""
        with self.said.open("ab") as said:
            arguments = ("-m", "cli", "up", "--data", self.data, "--port", str(self._port), "--smtp", self._smtp)
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, *arguments, stdout=asyncio.subprocess.PIPE, stderr=said, cwd=ROOT
            )

    async def ready(self, within: float = 60) -> float:
        """Wait until it says so; the seconds that took."""
        began = time.monotonic()
        assert self._process is not None and self._process.stdout is not None
        async with asyncio.timeout(within):
            async for line in self._process.stdout:
                if b"ready at " in line:
                    address = line.decode().split("ready at ")[1].split()[0]
                    assert self.address in ("", address), "links in mails lead to the old address"
                    self.address = address
                    return time.monotonic() - began
        raise AssertionError(f"it ended before it was ready: {self.said.read_text()[-3000:]}")

    async def kill(self) -> None:
        await self._end(signal.SIGKILL)

    async def stop(self) -> None:
        await self._end(signal.SIGINT)

    async def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            if self._process.returncode is None:
                os.kill(self._process.pid, how)
            await asyncio.wait_for(self._process.wait(), 20)
            self._process = None

    @property
    def settings(self) -> Settings:
        """How the present life is reached."""
        return Settings(**DataFolder(self.data).announced())

    def left_behind(self) -> list[str]:
        """Processes that have to do with the folder."""
        lines = [" ".join(each.info["cmdline"] or ()) for each in psutil.process_iter(["cmdline"])]
        return [line for line in lines if str(self.data) in line]
