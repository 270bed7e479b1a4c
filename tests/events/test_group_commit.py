"""Concurrent appends travel together, and each fares on its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from uuid import uuid4

import pytest

from events.group_commit import Closed, GroupCommit
from events.memory import MemoryRecorder
from events.stored import Append, AppendMany, Draft, Gap, Outcome, OutcomeUnknown, Overtaken


class Slow(MemoryRecorder):
    """Writes when the test says so, and remembers how much travelled together."""

    def __init__(self) -> None:
        super().__init__()
        self.may_write = asyncio.Event()
        self.may_write.set()
        self.lines = 0
        self.batches: list[int] = []
        self.failures: list[Exception] = []

    @asynccontextmanager
    async def line(self) -> AsyncIterator[AppendMany]:
        self.lines += 1
        yield self._send

    async def _send(self, appends: Sequence[Append]) -> Sequence[Outcome]:
        self.batches.append(len(appends))
        await self.may_write.wait()
        if self.failures:
            raise self.failures.pop()
        if any(draft.topic == "bad" for append in appends for draft in append.drafts):
            raise ValueError("bad draft")
        return await self._append_many(appends)


@pytest.fixture
def slow() -> Slow:
    return Slow()


@pytest.fixture
async def commit(slow: Slow) -> AsyncIterator[GroupCommit]:
    commit = GroupCommit(slow, room=20)
    yield commit
    slow.may_write.set()
    await commit.close()


def one(topic: str = "Boat.Launched") -> list[Draft]:
    return [Draft(uuid4(), 1, topic, b"{}")]


async def test_an_append_that_is_alone_is_sent_at_once(slow: Slow, commit: GroupCommit) -> None:
    await asyncio.wait_for(commit.append(one()), 1)
    assert slow.batches == [1]


async def test_what_arrives_while_one_is_written_travels_together(slow: Slow, commit: GroupCommit) -> None:
    slow.may_write.clear()
    first = asyncio.create_task(commit.append(one()))
    await asyncio.sleep(0.01)
    others = [asyncio.create_task(commit.append(one())) for _ in range(9)]
    await asyncio.sleep(0.01)
    slow.may_write.set()
    await asyncio.gather(first, *others)
    assert slow.batches == [1, 9]


@pytest.fixture
async def resting(commit: GroupCommit) -> GroupCommit:
    """With a line at hand and nothing to do: who comes alone borrows it."""
    await commit.append(one())
    await asyncio.sleep(0.01)
    return commit


async def test_who_is_alone_again_and_again_is_sent_at_once(slow: Slow, resting: GroupCommit) -> None:
    for _ in range(3):
        await asyncio.wait_for(resting.append(one()), 1)
    assert (slow.batches, slow.lines) == ([1] * 4, 1)


async def test_what_arrives_while_one_is_alone_travels_together(slow: Slow, resting: GroupCommit) -> None:
    slow.may_write.clear()
    first = asyncio.create_task(resting.append(one()))
    await asyncio.sleep(0.01)
    others = [asyncio.create_task(resting.append(one())) for _ in range(9)]
    await asyncio.sleep(0.01)
    assert slow.batches == [1, 1]
    slow.may_write.set()
    await asyncio.wait_for(asyncio.gather(first, *others), 1)
    assert slow.batches == [1, 1, 9]
    await asyncio.wait_for(resting.append(one()), 1)


async def test_a_line_that_was_lost_by_one_alone_is_replaced(slow: Slow, resting: GroupCommit) -> None:
    slow.failures = [OutcomeUnknown("gone")]
    with pytest.raises(OutcomeUnknown):
        await resting.append(one())
    await asyncio.gather(*(asyncio.wait_for(resting.append(one()), 1) for _ in range(3)))
    assert slow.lines == 2


async def test_a_refusal_of_one_alone_leaves_the_line(slow: Slow, resting: GroupCommit) -> None:
    for draft, reason in ((one("bad"), ValueError), ([Draft(uuid4(), 3, "t", b"{}")], Gap)):
        with pytest.raises(reason):
            await resting.append(draft)
    await asyncio.wait_for(resting.append(one()), 1)
    assert slow.lines == 1


async def test_one_alone_that_gives_up_leaves_the_line(slow: Slow, resting: GroupCommit) -> None:
    slow.may_write.clear()
    first = asyncio.create_task(resting.append(one()))
    await asyncio.sleep(0.01)
    second = asyncio.create_task(resting.append(one()))
    await asyncio.sleep(0.01)
    first.cancel()
    slow.may_write.set()
    await asyncio.wait_for(second, 1)
    await asyncio.wait_for(resting.append(one()), 1)
    assert slow.lines == 1


async def test_closing_waits_for_the_one_that_is_alone(slow: Slow, resting: GroupCommit) -> None:
    slow.may_write.clear()
    last = asyncio.create_task(resting.append(one()))
    await asyncio.sleep(0.01)
    closing = asyncio.create_task(resting.close())
    await asyncio.sleep(0.01)
    assert not closing.done()
    with pytest.raises(Closed):
        await resting.append(one())
    slow.may_write.set()
    await asyncio.wait_for(closing, 1)
    assert (await asyncio.wait_for(last, 1)).start == 2


async def test_a_bad_draft_fails_only_its_own_append(slow: Slow, commit: GroupCommit) -> None:
    tried = [commit.append(one("bad" if n == 3 else "good")) for n in range(6)]
    outcomes = await asyncio.gather(*tried, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [range, range, range, ValueError, range, range]
    assert await slow.head() == 5


async def test_a_conflict_fails_only_its_own_append(slow: Slow, commit: GroupCommit) -> None:
    taken = one()
    await commit.append(taken)
    outcomes = await asyncio.gather(
        commit.append(one()), commit.append(taken), commit.append(one()), return_exceptions=True
    )
    assert [type(outcome) for outcome in outcomes] == [range, Overtaken, range]


async def test_who_finds_no_room_waits_and_is_served(slow: Slow, commit: GroupCommit) -> None:
    slow.may_write.clear()
    tasks = [asyncio.create_task(commit.append(one())) for _ in range(50)]
    await asyncio.sleep(0.01)
    assert len(commit._waiting) + sum(slow.batches) == 20
    slow.may_write.set()
    await asyncio.gather(*tasks)
    assert await slow.head() == 50


async def test_closing_finishes_what_waits_and_refuses_what_comes(slow: Slow, commit: GroupCommit) -> None:
    slow.may_write.clear()
    accepted = [asyncio.create_task(commit.append(one())) for _ in range(5)]
    await asyncio.sleep(0.01)
    closing = asyncio.create_task(commit.close())
    await asyncio.sleep(0.01)
    with pytest.raises(Closed):
        await commit.append(one())
    slow.may_write.set()
    await closing
    assert all(task.done() and not task.exception() for task in accepted)


async def test_closing_before_anything_was_appended_returns(commit: GroupCommit) -> None:
    await asyncio.wait_for(commit.close(), 1)


async def test_a_lost_line_leaves_the_outcome_unknown_and_the_next_append_gets_a_new_one(
    slow: Slow, commit: GroupCommit
) -> None:
    slow.failures = [OutcomeUnknown("gone")]
    tried = [commit.append(one()) for _ in range(3)]
    outcomes = await asyncio.gather(*tried, return_exceptions=True)
    assert {type(outcome) for outcome in outcomes} == {OutcomeUnknown}
    await commit.append(one())


async def test_a_caller_who_gives_up_takes_nobody_along(slow: Slow, commit: GroupCommit) -> None:
    slow.may_write.clear()
    first, second, third = (asyncio.create_task(commit.append(one())) for _ in range(3))
    await asyncio.sleep(0.01)
    second.cancel()
    slow.may_write.set()
    outcomes = await asyncio.gather(first, second, third, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [range, asyncio.CancelledError, range]


async def test_writers_of_one_stream_in_one_moment_are_judged_one_after_the_other(commit: GroupCommit) -> None:
    boat = uuid4()
    tried = [commit.append([Draft(boat, version, "Boat.Sailed", b"{}")]) for version in (1, 2, 2, 3)]
    outcomes = await asyncio.gather(*tried, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [range, range, Overtaken, range]


async def test_writers_who_come_back_at_once_stay_together(slow: Slow, commit: GroupCommit) -> None:
    async def writer() -> None:
        for _ in range(20):
            await commit.append(one())

    await asyncio.gather(*(writer() for _ in range(7)))
    assert slow.batches == [7] * 20


async def test_a_second_batch_is_on_its_way_while_a_full_one_is_written(slow: Slow) -> None:
    commit = GroupCommit(slow, batch=5)
    slow.may_write.clear()
    tasks = [asyncio.create_task(commit.append(one())) for _ in range(12)]
    await asyncio.sleep(0.01)
    assert slow.batches == [5, 5]
    slow.may_write.set()
    await asyncio.gather(*tasks)
    assert (slow.batches, await slow.head()) == ([5, 5, 2], 12)
    await commit.close()


async def test_writers_of_one_stream_are_never_on_two_lines_at_once(slow: Slow) -> None:
    commit = GroupCommit(slow, batch=3)
    boats = [uuid4() for _ in range(4)]
    tried = [commit.append([Draft(boat, version, "t", b"{}")]) for version in range(1, 9) for boat in boats]
    await asyncio.gather(*tried)
    await commit.close()
    assert await slow.head() == 32


async def test_without_a_second_line_the_first_one_carries_all() -> None:
    class OneLine(Slow):
        lent = False

        @asynccontextmanager
        async def line(self) -> AsyncIterator[AppendMany]:
            if self.lent:
                raise OutcomeUnknown("no connection is free")
            self.lent = True
            yield self._send

    commit = GroupCommit(OneLine(), batch=2)
    outcomes = await asyncio.gather(*(commit.append(one()) for _ in range(7)))
    await commit.close()
    assert sorted(position for each in outcomes for position in each) == list(range(1, 8))


async def test_closing_waits_for_both_lines(slow: Slow) -> None:
    commit = GroupCommit(slow, batch=2)
    slow.may_write.clear()
    tasks = [asyncio.create_task(commit.append(one())) for _ in range(7)]
    await asyncio.sleep(0.01)
    closing = asyncio.create_task(commit.close())
    await asyncio.sleep(0.01)
    slow.may_write.set()
    await closing
    assert all(task.done() and not task.exception() for task in tasks)


async def test_what_befalls_one_line_leaves_the_other_alone(slow: Slow) -> None:
    commit = GroupCommit(slow, batch=2)
    slow.may_write.clear()
    slow.failures = [OutcomeUnknown("gone")]
    tasks = [asyncio.create_task(commit.append(one())) for _ in range(7)]
    await asyncio.sleep(0.01)
    slow.may_write.set()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    await commit.close()
    assert sorted(type(each).__name__ for each in outcomes) == ["OutcomeUnknown"] * 2 + ["range"] * 5
