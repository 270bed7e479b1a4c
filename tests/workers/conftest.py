"""Workers on real parts."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from clock import MovableClock
from sink import SmtpSink
from workhouse import Workhouse, workhouse


@pytest.fixture
async def house(database: str, smtp_sink: SmtpSink, clock: MovableClock) -> AsyncIterator[Workhouse]:
    async with workhouse(database, smtp_sink.url, clock) as made:
        yield made
