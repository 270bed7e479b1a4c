"""The whole log for a rebuild: an event that cannot be read is named, one that is written unusually is read."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from pydantic import BaseModel

from cli.pool import Pool
from cli.whole_log import WholeLog, told_apart
from events.feed import Undecodable
from events.keys import MemoryKeyring
from events.link import LOST
from events.mapper import Mapper
from events.stored import Stored
from events.tree.leaf import encode
from suppliers.person import Person
from suppliers.supplier import Supplier
from suppliers.use import Use
from tests.events.specimen import NOON, specimen

SUPPLIER, USE = uuid4(), uuid4()


def row(position: int, topic: str, state: bytes) -> bytes:
    return encode(Stored(USE, position, topic, state, position, NOON, None, None, None))


def state_of(event: BaseModel) -> bytes:
    return event.model_dump_json(exclude={"originator_id", "originator_version"}).encode()


USUAL = state_of(specimen(Use.Described))


@pytest.mark.parametrize(
    ("topic", "state", "said"),
    [
        ("Use.Described", b"{}", "Use.Described: ValidationError"),
        ("Use.Described", USUAL[:-1], "Use.Described: ValidationError"),
        ("Use.Flown", b"{}", "Use.Flown: UnknownTopic"),
        ("Use.Described", b'{"class_version":99,' + USUAL[1:], "Use.Described: FromTheFuture"),
    ],
)
async def test_an_event_that_cannot_be_read_is_named(pool: Pool, topic: str, state: bytes, said: str) -> None:
    rows = row(7, "Use.Described", USUAL) + row(8, topic, state) + row(9, "Use.Described", USUAL)
    with pytest.raises(Undecodable) as named:
        await WholeLog(pool).decoded(rows)
    assert named.value.position == 8
    assert str(named.value).startswith(f"position 8, {said}")
    assert named.value.topic == topic


async def test_a_lost_connection_is_not_taken_for_an_event_that_cannot_be_read(pool: Pool) -> None:
    [sealed] = await Mapper(MemoryKeyring()).drafts([specimen(Person.Registered)])
    pool.terminate()
    with pytest.raises(LOST):  # while the key of this person was asked for
        await WholeLog(pool).decoded(row(7, sealed.topic, sealed.state))


async def test_an_id_that_is_written_in_capitals_is_read(pool: Pool) -> None:
    supplier = str(specimen(Use.Described).supplier_id)
    rows = row(7, "Use.Described", USUAL.replace(supplier.encode(), supplier.upper().encode()))
    [found] = await WholeLog(pool).decoded(rows)
    assert found.event.supplier_id == UUID(supplier)


def test_a_supplier_and_what_is_about_it_belong_together() -> None:
    carried = b'{"timestamp":"2026-03-02T12:00:00Z","supplier_id":"%s","title":"x"}' % str(SUPPLIER).encode()
    rows = [
        (USE.bytes, b"Use.Described", carried, b"its use"),
        (SUPPLIER.bytes, Supplier.Approved.TOPIC.encode(), b"{}", b"the supplier"),
        (USE.bytes, b"Person.Registered", carried, b"a person"),
    ]
    (about, first), (same, _), (other, last) = told_apart(rows)
    assert about == same != other and (first, last) == (b"its use", b"a person")
