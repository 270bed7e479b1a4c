"""The application on a fresh database."""

from __future__ import annotations

import asyncpg
import pytest

from clock import MovableClock
from tests.web.stage import Stage


@pytest.fixture
def stage(pool: asyncpg.Pool, clock: MovableClock) -> Stage:
    return Stage(pool, clock)
