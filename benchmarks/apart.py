"""The projector as a company runs it: `tierce serve --roles projector`, in a process of its own."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

NOBODY = "127.0.0.1:9"
"""The projector needs neither NATS nor a mail server."""
TOLD = {
    "TIERCE_NATS_URL": f"nats://{NOBODY}",
    "TIERCE_SMTP_URL": f"smtp://{NOBODY}",
    "TIERCE_BASE_URL": f"http://{NOBODY}",
    "TIERCE_SECRET_KEY": "for-the-benchmark-only-for-the-benchmark-only",
    "TIERCE_SENDER": "Benchmark <benchmark@example.com>",
    "TIERCE_COMPANY": "Benchmark",
    "TIERCE_PORT": "0",
}


@asynccontextmanager
async def projecting_apart(dsn: str) -> AsyncIterator[None]:
    """At work when the block begins, gone when it ends."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "cli", "serve", "--roles", "projector"),
        env={**os.environ, **TOLD, "TIERCE_DATABASE_URL": dsn},
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        if not await process.stdout.readline():
            raise RuntimeError("the projector's process ended before it was ready")
        yield
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()
