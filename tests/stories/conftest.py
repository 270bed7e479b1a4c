"""What stories need: a NATS of one's own, for their log begins at 1; and logs that cost little to write."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from cli.embedded.nats import Nats


@pytest.fixture
def own_nats(tmp_path: Path) -> Iterator[Nats]:
    server = Nats(tmp_path / "nats")
    server.start()
    server.wait()
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def plain_logs() -> Iterator[None]:
    """Through the standard library, where pytest finds them; unconfigured, a trace takes seconds to draw."""
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(),
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    yield
    structlog.reset_defaults()
