"""What every keeper of the log promises: PostgreSQL, its twin in memory, and the group commit in front of either."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from events.group_commit import GroupCommit
from events.memory import MemoryRecorder
from events.recorder import PostgresRecorder
from events.stored import Append, Beside, Blocked, Draft, Gap, Overtaken, Statement

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

    async def test_of_many_in_one_go_each_fares_on_its_own(self, recorder: Any) -> None:
        boat, command, again, good = uuid4(), uuid4(), uuid4(), uuid4()
        await recorder.append(drafts(boat, 1, 2), command_id=command)
        async with recorder.line() as append_many:
            outcomes = await append_many(
                [
                    Append(drafts(good, 1, 2)),
                    Append(drafts(again, 1), command_id=command),
                    Append(drafts(boat, 2)),
                    Append([]),
                    Append(drafts(uuid4(), 1, 3)),
                    Append(drafts(uuid4(), 1), command_id=uuid4()),
                ]
            )
        written, repeated, overtaken, nothing, gap, last = outcomes
        assert [list(each) for each in (written, repeated, nothing, last)] == [[3, 4], [1, 2], [], [5]]
        assert (type(overtaken), type(gap)) == (Overtaken, Gap)
        assert [fact.position for fact in await recorder.select_stream(good)] == [3, 4]
        assert await recorder.select_stream(again) == []
        assert await recorder.head() == 5

    @pytest.mark.parametrize("begin", [0, 1, -3], ids=str)
    async def test_a_stream_begins_with_one_or_what_comes_before(self, recorder: Any, begin: int) -> None:
        boat = uuid4()
        for version in range(begin, 3):
            await recorder.append(drafts(boat, version))
        with pytest.raises(Overtaken):
            await recorder.append(drafts(boat, begin - 1))
        with pytest.raises(Overtaken):
            await recorder.append(drafts(boat, begin - 1, begin))

    async def test_what_is_beside_is_written_only_with_what_is_new(self, recorder: Any) -> None:
        boat, command = uuid4(), uuid4()
        done: list[int] = []

        def doing(number: int) -> Beside:
            async def do(connection: Any) -> None:
                done.append(number)

            return do

        await recorder.append(drafts(boat, 1), command_id=command, beside=doing(1))
        await recorder.append(drafts(uuid4(), 1), beside=Statement("SELECT 1"))
        await recorder.append(drafts(boat, 1), command_id=command, beside=doing(2))
        tried = [recorder.append(drafts(stream, 1), beside=doing(n)) for n, stream in ((3, boat), (4, uuid4()))]
        assert [type(each) for each in await asyncio.gather(*tried, return_exceptions=True)] == [Overtaken, range]
        assert done == [1, 4]


class TestMemoryRecorder(RecorderContract):
    @pytest.fixture
    def recorder(self) -> MemoryRecorder:
        return MemoryRecorder()


class TestPostgresRecorder(RecorderContract):
    @pytest.fixture
    def recorder(self, pool: asyncpg.Pool) -> PostgresRecorder:
        return PostgresRecorder(pool)


NOTED = "INSERT INTO legs VALUES ($1)"


@pytest.mark.parametrize(
    "noting",
    [
        lambda boat: Statement(NOTED, (boat,)),
        lambda boat: lambda connection: connection.execute(NOTED, boat),
        lambda boat: Statement(NOTED, (boat,)) if boat.int % 2 else lambda each: each.execute(NOTED, boat),
    ],
    ids=["statements", "calls", "both"],
)
async def test_what_is_beside_shares_the_fate_of_the_append(
    pool: asyncpg.Pool, noting: Callable[[UUID], Beside]
) -> None:
    await pool.execute("CREATE TABLE legs (boat uuid PRIMARY KEY)")
    commit = GroupCommit(PostgresRecorder(pool))
    boats = [uuid4() for _ in range(4)]

    twice = [*boats, boats[0]]  # the last one cannot be noted: its append fails with it, and takes nobody along
    tried = [commit.append(drafts(uuid4(), 1, 2), beside=noting(boat)) for boat in twice]
    outcomes = await asyncio.gather(*tried, return_exceptions=True)
    await commit.close()
    assert [type(each) for each in outcomes] == [range] * 4 + [asyncpg.UniqueViolationError]
    assert await pool.fetchval("SELECT count(*) FROM legs") == 4
    assert await pool.fetchval("SELECT array_agg(position ORDER BY position) FROM event_log") == list(range(1, 9))


async def test_what_is_beside_waits_for_nobody_who_keeps_its_rows(pool: asyncpg.Pool) -> None:
    """All writers of all processes would wait with it; the others' appends go on."""
    await pool.execute("CREATE TABLE legs (boat int PRIMARY KEY); INSERT INTO legs VALUES (1)")
    commit = GroupCommit(PostgresRecorder(pool))
    touch = "UPDATE legs SET boat = boat"
    async with pool.acquire() as connection, connection.transaction(), asyncio.timeout(3):
        await connection.execute(touch)
        tried = [
            commit.append(drafts(uuid4(), 1), beside=beside) for beside in (lambda c: c.execute(touch), None, None)
        ]
        outcomes = await asyncio.gather(*tried, return_exceptions=True)
    assert [type(each) for each in outcomes] == [Blocked, range, range]
    assert await commit.append(drafts(uuid4(), 1), beside=lambda c: c.execute(touch)) == range(3, 4)
    await commit.close()


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
