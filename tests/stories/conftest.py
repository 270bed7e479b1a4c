"""Servers of one's own: a story's log begins at 1, and so do the messages about it."""

from __future__ import annotations

from collections.abc import Iterator
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
