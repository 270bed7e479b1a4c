"""A house whose API somebody may ask."""

from __future__ import annotations

from collections.abc import AsyncIterator

import asyncpg
import httpx
import pytest

from clock import MovableClock
from suppliers.ports import Role
from tests.web.pages.house import House, Visitor
from web.api import tokens


@pytest.fixture
async def house(pool: asyncpg.Pool, clock: MovableClock) -> House:
    return House(pool, clock)


@pytest.fixture
async def dana(house: House) -> Visitor:
    return await house.enter("Dana Lind", Role.PROCUREMENT, Role.RISK_MANAGER)


@pytest.fixture
async def reader(house: House, pool: asyncpg.Pool) -> AsyncIterator[httpx.AsyncClient]:
    """A program with a token."""
    await house.projector.catch_up()
    token = await tokens.create(pool, "warehouse", ["reader"], at=house.clock.now())
    async with house.browser() as client:
        client.headers["Authorization"] = f"Bearer {token}"
        yield client
