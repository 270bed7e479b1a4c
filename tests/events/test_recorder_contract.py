"""What every keeper of the log promises: PostgreSQL, its twin in memory, and the group commit in front of either."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from events.group_commit import GroupCommit
from events.memory import MemoryRecorder
from events.recorder import PostgresRecorder
from events.stored import Draft, Gap, Overtaken

PAST = datetime(2020, 2, 2, tzinfo=UTC)


def drafts(stream: UUID, *versions: int) -> Sequence[Draft]:
    return [Draft(stream, version, "Boat.Sailed", b'{"miles":%d}' % version) for version in versions]


class RecorderContract:
    async def test_what_was_appended_is_read_back_as_written(self, recorder: Any) -> None:
        boat, actor, command = uuid4(), uuid4(), uuid4()
        await recorder.append(drafts(boat, 1, 2), actor=actor, command_id=command, correlation_id="request 7")
        first, second = await recorder.select_stream(boat)
        assert (first.originator_id, first.originator_version, first.topic) == (boat, 1, "Boat.Sailed")
        assert (second.state, second.position) == (b'{"miles":2}', 2)
        assert (second.actor, second.command_id, second.correlation_id) == (actor, command, "request 7")

    async def test_nothing_to_append_takes_no_position(self, recorder: Any) -> None:
        assert list(await recorder.append([])) == []
        assert await recorder.head() == 0

    async def test_positions_count_from_one_without_gaps(self, recorder: Any) -> None:
        assert list(await recorder.append(drafts(uuid4(), 1, 2))) == [1, 2]
        assert list(await recorder.append(drafts(uuid4(), 1))) == [3]
        assert await recorder.head() == 3

    async def test_several_streams_are_appended_together(self, recorder: Any) -> None:
        boat, buoy = uuid4(), uuid4()
        await recorder.append([*drafts(boat, 1), *drafts(buoy, 1, 2), *drafts(boat, 2)])
        assert [fact.originator_id for fact in await recorder.select_feed(0, 9)] == [boat, buoy, buoy, boat]

    async def test_an_overtaken_append_writes_nothing_of_any_stream(self, recorder: Any) -> None:
        boat, buoy = uuid4(), uuid4()
        await recorder.append(drafts(boat, 1, 2))
        with pytest.raises(Overtaken):
            await recorder.append([*drafts(buoy, 1), *drafts(boat, 2)])
        assert await recorder.head() == 2
        assert await recorder.select_stream(buoy) == []

    async def test_the_same_version_twice_in_one_append_is_overtaken(self, recorder: Any) -> None:
        boat = uuid4()
        with pytest.raises(Overtaken):
            await recorder.append(drafts(boat, 1, 1))
        assert await recorder.select_stream(boat) == []

    @pytest.mark.parametrize("versions", [(2,), (1, 3), (5, 6)])
    async def test_a_stream_never_has_a_gap(self, recorder: Any, versions: tuple[int, ...]) -> None:
        with pytest.raises(Gap):
            await recorder.append(drafts(uuid4(), *versions))
        boat = uuid4()
        await recorder.append(drafts(boat, 1))
        with pytest.raises(Gap):
            await recorder.append(drafts(boat, 3))
        assert await recorder.head() == 1

    async def test_a_refused_append_leaves_no_hole(self, recorder: Any) -> None:
        boat = uuid4()
        await recorder.append(drafts(boat, 1))
        with pytest.raises(Overtaken):
            await recorder.append(drafts(boat, 1))
        assert list(await recorder.append(drafts(boat, 2))) == [2]

    async def test_a_command_sent_again_is_answered_with_its_positions_and_writes_nothing(self, recorder: Any) -> None:
        boat, command = uuid4(), uuid4()
        await recorder.append(drafts(uuid4(), 1))
        first = await recorder.append(drafts(boat, 1, 2), command_id=command)
        await recorder.append(drafts(boat, 3))
        assert await recorder.append(drafts(boat, 1, 2), command_id=command) == first
        assert await recorder.head() == 4

    async def test_a_command_is_found_by_its_id(self, recorder: Any) -> None:
        command = uuid4()
        await recorder.append(drafts(uuid4(), 1, 2), command_id=command)
        assert list(await recorder.find_command(command)) == [1, 2]
        assert list(await recorder.find_command(uuid4())) == []

    async def test_of_many_writers_of_one_version_one_wins(self, recorder: Any) -> None:
        boat = uuid4()
        tried = [recorder.append(drafts(boat, 1), command_id=uuid4()) for _ in range(8)]
        outcomes = await asyncio.gather(*tried, return_exceptions=True)
        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Overtaken"] * 7 + ["range"]

    async def test_of_one_command_sent_many_times_at_once_all_get_the_same_answer(self, recorder: Any) -> None:
        boat, command = uuid4(), uuid4()
        tried = [recorder.append(drafts(boat, 1), command_id=command) for _ in range(8)]
        assert set(await asyncio.gather(*tried)) == {range(1, 2)}

    async def test_a_stream_is_read_after_a_version(self, recorder: Any) -> None:
        boat = uuid4()
        await recorder.append(drafts(boat, 1, 2, 3))
        assert [fact.originator_version for fact in await recorder.select_stream(boat, 1)] == [2, 3]

    async def test_the_feed_is_read_in_order_after_a_position_up_to_a_limit(self, recorder: Any) -> None:
        await recorder.append(drafts(uuid4(), 1, 2, 3, 4, 5))
        assert [fact.position for fact in await recorder.select_feed(1, 2)] == [2, 3]
        assert [fact.position for fact in await recorder.select_feed(1, 9, until=3)] == [2, 3]
        assert await recorder.select_feed(5, 9) == []

    async def test_the_feed_is_read_by_topic(self, recorder: Any) -> None:
        boat = uuid4()
        await recorder.append([*drafts(boat, 1), Draft(boat, 2, "Boat.Foundered", b"{}"), *drafts(boat, 3)])
        found = await recorder.select_feed(0, 9, topics=["Boat.Foundered"])
        assert [fact.position for fact in found] == [2]

    async def test_the_time_of_recording_can_be_given_but_never_runs_backwards(self, recorder: Any) -> None:
        boat, later = uuid4(), PAST + timedelta(days=1)
        for version, at in enumerate([PAST, later, PAST], start=1):
            await recorder.append(drafts(boat, version), recorded_at=at)
        await recorder.append(drafts(boat, 4))
        *given, now = [fact.recorded_at for fact in await recorder.select_stream(boat)]
        assert given == [PAST, later, later]
        assert abs(now - datetime.now(UTC)) < timedelta(minutes=1)


class TestMemoryRecorder(RecorderContract):
    @pytest.fixture
    def recorder(self) -> MemoryRecorder:
        return MemoryRecorder()


class TestPostgresRecorder(RecorderContract):
    @pytest.fixture
    def recorder(self, pool: asyncpg.Pool) -> PostgresRecorder:
        return PostgresRecorder(pool)


class Grouped:
    """Reads from a recorder, appends through the group commit in front of it."""

    def __init__(self, recorder: Any) -> None:
        self._recorder = recorder
        self.commit = GroupCommit(recorder)
        self.append = self.commit.append

    def __getattr__(self, name: str) -> Any:
        return getattr(self._recorder, name)


class TestMemoryRecorderBehindGroupCommit(RecorderContract):
    @pytest.fixture
    async def recorder(self) -> AsyncIterator[Grouped]:
        grouped = Grouped(MemoryRecorder())
        yield grouped
        await grouped.commit.close()


class TestPostgresRecorderBehindGroupCommit(RecorderContract):
    @pytest.fixture
    async def recorder(self, pool: asyncpg.Pool) -> AsyncIterator[Grouped]:
        grouped = Grouped(PostgresRecorder(pool))
        yield grouped
        await grouped.commit.close()
