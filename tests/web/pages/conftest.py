"""A house with every view in it."""

from __future__ import annotations

import asyncpg
import pytest

from clock import MovableClock
from tests.web.pages.house import House


@pytest.fixture
def house(pool: asyncpg.Pool, clock: MovableClock) -> House:
    return House(pool, clock)
