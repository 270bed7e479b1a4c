"""Raw rows are read as the log is read row by row; ids that come again are the same object, and know their text."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, datetime
from itertools import product
from typing import Any
from uuid import UUID, uuid4

import pytest

from events.ids import MOST, Id, Ids
from events.keys import MemoryKeyring
from events.mapper import Mapper, whose_keys
from events.raw import Raw
from events.reading import reader
from events.stored import Stored
from events.tree.leaf import encode
from tests.events.samples import event_classes
from tests.events.specimen import NOON, specimen

CLASSES = event_classes()
WHO, WHY = (None, uuid4()), (None, uuid4())


async def test_raw_rows_of_every_event_say_what_the_mapper_reads() -> None:
    keyring = MemoryKeyring()
    mapper, given = Mapper(keyring), list(product(WHO, WHY, (None, "", "né")))
    events: Any = [specimen(kind) for kind in CLASSES.values()]
    drafts = await mapper.drafts(events)
    stored = [
        Stored(*draft, number, NOON, *given[number % len(given)]) for number, draft in enumerate(drafts * len(given), 1)
    ]
    found = Raw().recorded(b"".join(encode(each) for each in stored), await keyring.ciphers(whose_keys(stored)))
    facts = await mapper.facts(stored)
    assert [tuple(each) for each in found] == [
        (each.position, fact, each.topic, *each[5:]) for each, fact in zip(stored, facts, strict=True)
    ]
    assert all(type(each.event) is type(fact) for each, fact in zip(found, facts, strict=True))


@pytest.mark.parametrize("kind", CLASSES.values(), ids=lambda each: each.TOPIC)
def test_an_event_with_ids_that_are_at_hand_is_the_event(kind: Any) -> None:
    event, ids = specimen(kind), Ids()
    state = event.model_dump_json(exclude={"originator_id", "originator_version"}).encode()
    found = reader(kind, ids)(ids[event.originator_id.bytes], event.originator_version, state)
    assert found == event
    assert (
        found.model_dump_json() == reader(kind)(event.originator_id, event.originator_version, state).model_dump_json()
    )
    for value in found.__dict__.values():
        assert not isinstance(value, UUID) or value is ids[str(value)]
        assert not isinstance(value, datetime) or value.tzinfo is UTC


def test_an_id_is_one_object_whichever_way_it_is_asked_for() -> None:
    ids, given = Ids(), uuid4()
    assert ids[given.bytes] is ids[str(given)]
    assert (ids[str(given)], str(ids[str(given)]), repr(ids[str(given)])) == (given, str(given), repr(given))
    assert hash(ids[str(given)]) == hash(given)
    assert {type(each) for each in (copy.deepcopy(ids[str(given)]), pickle.loads(pickle.dumps(ids[str(given)])))} == {
        UUID
    }


AN_ID = "0c2f3b1e-77aa-4d6b-9f5d-3a1b8e9c4d70"


@pytest.mark.parametrize("given", ["", "x", "{" + AN_ID + "}", AN_ID.upper(), AN_ID.replace("-", ""), 7])
def test_what_is_not_written_as_ids_are_here_is_none(given: Any) -> None:
    with pytest.raises(ValueError, match="not written"):
        Ids()[given]


def test_ids_at_hand_are_limited() -> None:
    ids = Ids()
    for number in range(MOST + 10):
        assert type(ids[UUID(int=number).bytes]) is Id
        assert len(ids) <= MOST + 3
