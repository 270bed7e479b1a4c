"""Events survive storage; personal data is sealed, old versions are brought up to date."""

from __future__ import annotations

import json
from uuid import UUID, uuid4

import pytest

from events.codec import FromTheFuture, UnknownTopic
from events.keys import MemoryKeyring
from events.mapper import Mapper
from events.sealing import Tampered
from events.stored import Draft, Stored
from tests.events.boats import NOON, Boat

BOAT, PERSON = uuid4(), uuid4()


@pytest.fixture
def keyring() -> MemoryKeyring:
    return MemoryKeyring()


@pytest.fixture
def mapper(keyring: MemoryKeyring) -> Mapper:
    return Mapper(keyring)


def stored(draft: Draft) -> Stored:
    return Stored(*draft, position=1, recorded_at=NOON, actor=None, command_id=None, correlation_id=None)


def manned(skipper: str | None = "Ada Ünlü", person: UUID | None = PERSON, version: int = 2) -> Boat.Manned:
    return Boat.Manned(originator_id=BOAT, originator_version=version, timestamp=NOON, person=person, skipper=skipper)


def sailed(state: bytes) -> Stored:
    return stored(Draft(BOAT, 2, "Boat.Sailed", state))


async def test_an_event_comes_back_equal(mapper: Mapper) -> None:
    event = Boat.launch("Heron 😀 \"q\" \\ {'$sealed':").pending_events[0]
    (draft,) = await mapper.drafts([event])
    assert await mapper.facts([stored(draft)]) == [event]


async def test_the_state_is_json_without_what_has_its_own_column(mapper: Mapper) -> None:
    (draft,) = await mapper.drafts([Boat.launch().pending_events[0]])
    assert json.loads(draft.state) == {"timestamp": "2026-01-05T12:00:00Z", "originator_topic": "Boat", "name": "Heron"}


async def test_a_later_version_is_written_into_the_state(mapper: Mapper) -> None:
    boat = Boat.launch()
    boat.sail(3)
    (draft,) = await mapper.drafts(boat.pending_events[1:])
    assert json.loads(draft.state) == {"class_version": 2, "timestamp": "2026-01-05T12:00:00Z", "miles": 3}
    assert await mapper.facts([stored(draft)]) == boat.pending_events[1:]


async def test_an_old_version_is_brought_up_to_date(mapper: Mapper) -> None:
    (event,) = await mapper.facts([sailed(b'{"timestamp":"2026-01-05T12:00:00Z","distance":5}')])
    assert event == Boat.Sailed(originator_id=BOAT, originator_version=2, timestamp=NOON, miles=5)


async def test_a_version_from_the_future_is_refused(mapper: Mapper) -> None:
    with pytest.raises(FromTheFuture):
        await mapper.facts([sailed(b'{"class_version":3,"timestamp":"2026-01-05T12:00:00Z","miles":5}')])


@pytest.mark.parametrize("topic", ["Boat.Flown", "os", "os:path", "", "Boat"])
async def test_a_name_that_is_no_event_is_refused(mapper: Mapper, topic: str) -> None:
    with pytest.raises(UnknownTopic):
        await mapper.facts([stored(Draft(BOAT, 1, topic, b"{}"))])


async def test_personal_data_is_not_readable_in_the_log_and_comes_back(mapper: Mapper) -> None:
    (draft,) = await mapper.drafts([manned()])
    assert b"Ada" not in draft.state
    assert json.loads(draft.state)["skipper"]["of"] == str(PERSON)
    assert await mapper.facts([stored(draft)]) == [manned()]


async def test_the_same_words_are_sealed_differently_each_time(mapper: Mapper) -> None:
    first, second = await mapper.drafts([manned(), manned()])
    assert first.state != second.state


async def test_after_erasure_personal_data_reads_erased_and_the_rest_stays(
    mapper: Mapper, keyring: MemoryKeyring
) -> None:
    (draft,) = await mapper.drafts([manned()])
    await keyring.erase(PERSON)
    assert await mapper.facts([stored(draft)]) == [manned("[erased]")]


async def test_nothing_is_kept_of_what_is_said_after_erasure(mapper: Mapper, keyring: MemoryKeyring) -> None:
    await keyring.erase(PERSON)
    (draft,) = await mapper.drafts([manned()])
    assert json.loads(draft.state)["skipper"] == "[erased]"


async def test_erasing_one_person_leaves_the_others_readable(mapper: Mapper, keyring: MemoryKeyring) -> None:
    other = uuid4()
    drafts = await mapper.drafts([manned(), manned("Bob", other, 3)])
    await keyring.erase(PERSON)
    assert [fact.skipper for fact in await mapper.facts([stored(draft) for draft in drafts])] == ["[erased]", "Bob"]


@pytest.mark.parametrize(
    "moved",
    [
        Draft(uuid4(), 2, "Boat.Manned", b""),
        Draft(BOAT, 3, "Boat.Manned", b""),
    ],
)
async def test_a_sealed_value_moved_to_another_event_does_not_open(mapper: Mapper, moved: Draft) -> None:
    (draft,) = await mapper.drafts([manned()])
    with pytest.raises(Tampered):
        await mapper.facts([stored(moved._replace(state=draft.state))])


async def test_what_is_not_given_is_not_sealed(mapper: Mapper) -> None:
    (draft,) = await mapper.drafts([manned(skipper=None, person=None)])
    assert await mapper.facts([stored(draft)]) == [manned(skipper=None, person=None)]


async def test_personal_data_of_nobody_in_particular_is_refused(mapper: Mapper) -> None:
    with pytest.raises(ValueError, match="does not say whose"):
        await mapper.drafts([manned(person=None)])
