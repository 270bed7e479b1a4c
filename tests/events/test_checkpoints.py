"""A follower's checkpoint moves with its work, forward only, and for one follower at a time."""

from __future__ import annotations

import asyncio
from typing import Any

import asyncpg
import pytest

from events.checkpoints import CheckpointMoved, Checkpoints, MemoryCheckpoints


class CheckpointsContract:
    async def test_who_has_not_begun_stands_at_zero(self, checkpoints: Any) -> None:
        assert await checkpoints.get("register") == 0

    async def test_it_is_kept_by_name(self, checkpoints: Any, connection: Any) -> None:
        await checkpoints.put(connection, "register", 3)
        await checkpoints.put(connection, "register", 7)
        assert (await checkpoints.get("register"), await checkpoints.get("posture")) == (7, 0)

    @pytest.mark.parametrize("position", [3, 2])
    async def test_it_never_stands_still_or_goes_back(self, checkpoints: Any, connection: Any, position: int) -> None:
        await checkpoints.put(connection, "register", 3)
        with pytest.raises(CheckpointMoved):
            await checkpoints.put(connection, "register", position)

    @pytest.mark.parametrize("after", [0, 2, 4])
    async def test_it_moves_only_from_where_its_follower_left_it(
        self, checkpoints: Any, connection: Any, after: int
    ) -> None:
        await checkpoints.put(connection, "register", 3, after=0)
        with pytest.raises(CheckpointMoved):
            await checkpoints.put(connection, "register", 9, after=after)
        await checkpoints.put(connection, "register", 9, after=3)

    async def test_it_cannot_move_from_where_it_never_was(self, checkpoints: Any, connection: Any) -> None:
        with pytest.raises(CheckpointMoved):
            await checkpoints.put(connection, "register", 9, after=3)

    async def test_cleared_it_begins_again(self, checkpoints: Any, connection: Any) -> None:
        await checkpoints.put(connection, "register", 3)
        await checkpoints.clear(connection, "register")
        assert await checkpoints.get("register") == 0


class TestMemoryCheckpoints(CheckpointsContract):
    @pytest.fixture
    def checkpoints(self) -> MemoryCheckpoints:
        return MemoryCheckpoints()

    @pytest.fixture
    def connection(self) -> None:
        return None


class TestCheckpoints(CheckpointsContract):
    @pytest.fixture
    def checkpoints(self, pool: asyncpg.Pool) -> Checkpoints:
        return Checkpoints(pool)

    @pytest.fixture
    def connection(self, pool: asyncpg.Pool) -> asyncpg.Pool:
        return pool

    async def test_of_two_followers_at_once_the_second_rolls_back(
        self, checkpoints: Checkpoints, pool: asyncpg.Pool
    ) -> None:
        async def follow() -> None:
            async with pool.acquire() as connection, connection.transaction():
                after = await checkpoints.get("register", connection)
                await asyncio.sleep(0.02)
                await checkpoints.put(connection, "register", after + 5, after=after)

        outcomes = await asyncio.gather(follow(), follow(), return_exceptions=True)
        assert {type(outcome) for outcome in outcomes} == {type(None), CheckpointMoved}
        assert await checkpoints.get("register") == 5
