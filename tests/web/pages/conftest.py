"""A house with every view in it."""

from __future__ import annotations

import asyncpg
import pytest

from clock import MovableClock
from tests.web.pages.house import House
from tests.web.pages.rounds import Rounds


@pytest.fixture
def house(pool: asyncpg.Pool, clock: MovableClock) -> House:
    return House(pool, clock)


@pytest.fixture
def rounds(pool: asyncpg.Pool, clock: MovableClock) -> Rounds:
    return Rounds(pool, clock)
