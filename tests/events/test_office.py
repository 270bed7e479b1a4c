"""Commands are decided by pure handlers on fresh state, recorded once, and answered truthfully."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from events.keys import MemoryKeyring
from events.mapper import Mapper
from events.memory import MemoryRecorder
from events.office import Office
from events.repository import Repository
from events.stored import Draft, OutcomeUnknown, Positions
from tests.events.boats import HANDLERS, NOON, Boat, Buoy, Drift, Launch, Look, Sail, Scuttle, Sunk

ACTOR = SimpleNamespace(id=uuid4())
BOAT = uuid4()


class Stale(Exception):
    """Overtaken."""


class NoSuch(Exception):
    """Unknown."""


class Noon:
    def now(self) -> datetime:
        return NOON


class Interfering(MemoryRecorder):
    """Before our append others write; after it the answer is lost."""

    def __init__(self) -> None:
        super().__init__()
        self.others: list[int] = []
        self.lost_after = 0
        self.lost_before = 0

    async def append(self, drafts: Sequence[Draft], **about: Any) -> Positions:
        if self.others:
            version = self.others.pop(0)
            state = b'{"class_version":2,"timestamp":"2026-01-05T12:00:00Z","miles":100}'
            await super().append([Draft(BOAT, version, "Boat.Sailed", state)])
        if self.lost_before:
            self.lost_before -= 1
            raise OutcomeUnknown
        positions = await super().append(drafts, **about)
        if self.lost_after:
            self.lost_after -= 1
            raise OutcomeUnknown
        return positions


@pytest.fixture
def recorder() -> Interfering:
    return Interfering()


@pytest.fixture
def repository(recorder: Interfering) -> Repository:
    return Repository(recorder, Mapper(MemoryKeyring()))


@pytest.fixture
def office(repository: Repository) -> Office:
    return Office(repository, HANDLERS, Noon(), Stale, NoSuch, tries=3, pause=0)


@pytest.fixture(autouse=True)
async def afloat(office: Office, recorder: Interfering) -> None:
    await office.issue(Launch(boat=BOAT), actor=ACTOR)


async def test_the_receipt_names_the_last_position(office: Office, recorder: Interfering) -> None:
    receipt = await office.issue(Sail(boat=BOAT), actor=ACTOR)
    assert receipt.position == await recorder.head() == 2


async def test_who_what_for_and_when_are_on_the_record(office: Office, recorder: Interfering) -> None:
    command = uuid4()
    await office.issue(Sail(boat=BOAT), actor=ACTOR, command_id=command, correlation_id="request 7")
    (fact,) = await recorder.select_feed(1, 9)
    assert (fact.actor, fact.command_id, fact.correlation_id) == (ACTOR.id, command, "request 7")
    assert abs((fact.recorded_at - datetime.now(UTC)).total_seconds()) < 60


async def test_the_time_of_recording_follows_the_clock_when_told_so(recorder: Interfering) -> None:
    dated = Office(Repository(recorder, Mapper(MemoryKeyring())), HANDLERS, Noon(), Stale, NoSuch, dated_by_clock=True)
    recorder._log.clear(), recorder._streams.clear()
    await dated.issue(Launch(boat=uuid4()), actor=ACTOR)
    (fact,) = await recorder.select_feed(0, 9)
    assert fact.recorded_at == NOON


async def test_a_run_cut_short_by_a_missing_stream_leaves_no_trace(office: Office, repository: Repository) -> None:
    buoys = [Buoy.lay(), Buoy.lay()]
    await repository.save(*buoys)
    await office.issue(Sail(boat=BOAT, buoys=tuple(buoy.id for buoy in buoys)), actor=ACTOR)
    assert (await office.load(Boat, BOAT)).legs == 7
    assert [(await office.load(Buoy, buoy.id)).passed for buoy in buoys] == [1, 1]


async def test_all_a_command_changed_is_one_append(office: Office, repository: Repository, recorder: Any) -> None:
    buoy = Buoy.lay()
    await repository.save(buoy)
    command = uuid4()
    await office.issue(Sail(boat=BOAT, buoys=(buoy.id,)), actor=ACTOR, command_id=command)
    assert list(await recorder.find_command(command)) == [3, 4]


async def test_a_command_that_is_refused_records_nothing(office: Office, recorder: Interfering) -> None:
    with pytest.raises(NoSuch):
        await office.issue(Sail(boat=BOAT, buoys=(uuid4(),)), actor=ACTOR)
    assert await recorder.head() == 1


async def test_nothing_decided_is_nothing_recorded(office: Office) -> None:
    assert (await office.issue(Look(boat=BOAT), actor=ACTOR)).position == 0


async def test_what_is_of_another_kind_is_unknown(office: Office) -> None:
    with pytest.raises(NoSuch):
        await office.load(Buoy, BOAT)
    with pytest.raises(NoSuch):
        await office.issue(Sail(boat=BOAT, buoys=(BOAT,)), actor=ACTOR)


async def test_the_decision_of_a_person_who_was_overtaken_is_not_made_again(
    office: Office, recorder: Interfering
) -> None:
    recorder.others = [2]
    with pytest.raises(Stale):
        await office.issue(Sail(boat=BOAT), actor=ACTOR)
    assert await recorder.head() == 2


async def test_what_may_be_retried_is_decided_again_on_what_is_there_now(office: Office, recorder: Interfering) -> None:
    recorder.others = [2, 3]
    await office.issue(Drift(boat=BOAT), actor=ACTOR)
    assert (await office.load(Boat, BOAT)).legs == 201


async def test_who_is_overtaken_again_and_again_is_told_so(office: Office, recorder: Interfering) -> None:
    recorder.others = [2, 3, 4, 5]
    with pytest.raises(Stale):
        await office.issue(Drift(boat=BOAT), actor=ACTOR)


@pytest.mark.parametrize("lost", ["lost_before", "lost_after"])
async def test_a_connection_lost_while_recording_neither_loses_nor_doubles(
    office: Office, recorder: Interfering, lost: str
) -> None:
    setattr(recorder, lost, 1)
    assert (await office.issue(Sail(boat=BOAT), actor=ACTOR)).position == 2
    assert (await office.load(Boat, BOAT)).legs == 7


async def test_a_connection_that_does_not_come_back_is_not_hidden(office: Office, recorder: Interfering) -> None:
    recorder.lost_before = 99
    with pytest.raises(OutcomeUnknown):
        await office.issue(Sail(boat=BOAT), actor=ACTOR)


async def test_a_command_handed_in_twice_gets_its_first_receipt(office: Office, recorder: Interfering) -> None:
    command = uuid4()
    first = await office.issue(Scuttle(boat=BOAT), actor=ACTOR, command_id=command)
    assert await office.issue(Scuttle(boat=BOAT), actor=ACTOR, command_id=command) == first
    assert await recorder.head() == 2


async def test_another_command_of_the_same_wording_is_refused_on_its_own(office: Office) -> None:
    await office.issue(Scuttle(boat=BOAT), actor=ACTOR, command_id=uuid4())
    with pytest.raises(Sunk):
        await office.issue(Scuttle(boat=BOAT), actor=ACTOR, command_id=uuid4())


async def test_something_new_handed_in_twice_exists_once(office: Office, recorder: Interfering) -> None:
    boat, command = uuid4(), uuid4()
    receipts = [await office.issue(Launch(boat=boat), actor=ACTOR, command_id=command) for _ in range(2)]
    assert [receipt.position for receipt in receipts] == [2, 2]
