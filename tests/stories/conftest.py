"""What stories need: a NATS of one's own, for their log begins at 1; and that nobody runs on after its end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from cli.embedded.nats import Nats


@pytest.fixture
def own_nats(tmp_path: Path) -> Iterator[Nats]:
    server = Nats(tmp_path / "nats")
    server.start()
    server.wait()
    yield server
    server.stop()


@pytest.fixture(autouse=True)
async def nobody_left_behind() -> AsyncIterator[None]:
    """Whoever still runs when a story has ended is told to stop until it does: a cancellation can get lost on the way.

    In Python 3.11 `asyncio.wait_for` loses one that comes as its result does, and the loop's own end asks only once.
    """
    yield
    for _ in range(20):
        left = asyncio.all_tasks() - {asyncio.current_task()}
        if not left:
            break
        for task in left:
            task.cancel()
        await asyncio.wait(left, timeout=1.0)
