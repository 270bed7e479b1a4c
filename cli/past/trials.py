"""Trials of a policy for the pages, each in a process of its own, so that the pages go on answering."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import suppress

from cli.past.child import DSN

LINE = 256 * 1024 * 1024
"""Bytes; the outcome comes in one line."""


class Trials:
    """Each call starts one; whoever stops listening ends it."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn

    async def __call__(self, policy: str) -> AsyncIterator[str]:
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "cli.past.child",
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            env={**os.environ, DSN: self._dsn}, limit=LINE,
        )  # fmt: skip
        assert child.stdin and child.stdout
        try:
            child.stdin.write(policy.encode())
            await child.stdin.drain()
            child.stdin.close()
            async for line in child.stdout:
                yield line.decode()
        finally:
            with suppress(ProcessLookupError):
                child.kill()
            await child.wait()
