"""The long log that things are measured on: a copied life is the lived one, of somebody else, moved to another day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, cast
from uuid import UUID

from benchmarks.portfolio import years
from benchmarks.portfolio.lives import NAME
from benchmarks.portfolio.moulds import Mould
from benchmarks.portfolio.office import NOW, MemoryOffice
from benchmarks.portfolio.templates import SHARED
from events.mapper import decoded
from events.stored import Stored
from suppliers.aggregate import DomainEvent

LIFE, LATER = 4_711, 123


async def test_a_cast_fact_decodes_and_equals_the_lived_one_moved() -> None:
    for life, _ in years.MIX:
        office = MemoryOffice()
        began = office.today
        await life(office, 2)
        ids: dict[UUID, UUID] = {}
        for lived in await office.facts():
            mould = Mould.of(lived, began)
            stream = UUID(mould.stream(LIFE, LATER).decode())
            state = mould.cast(LIFE, LATER)
            [fact] = decoded([Stored(stream, mould.version, mould.topic, state, 1, NOW, None, None, None)], {})
            read = cast(DomainEvent, fact)
            assert type(read) is type(lived) and read.timestamp == lived.timestamp + timedelta(days=LATER)
            same(lived.model_dump(), read.model_dump(), ids)
        assert set(ids) & set(ids.values()) == {id for id in ids if str(id) in SHARED}
        assert len(set(ids.values())) == len(ids)


def same(lived: Any, read: Any, ids: dict[UUID, UUID]) -> None:
    """Every day later, every id and the name another, and always the same other; the rest as it was."""
    if isinstance(lived, UUID):
        assert ids.setdefault(lived, read) == read
    elif isinstance(lived, date):
        assert read == lived + timedelta(days=LATER)
    elif isinstance(lived, dict):
        assert lived.keys() == read.keys()
        for key in lived:
            same(lived[key], read[key], ids)
    elif isinstance(lived, list | tuple):
        for mine, other in zip(lived, read, strict=True):
            same(mine, other, ids)
    elif isinstance(lived, str):
        same_text(lived, read, ids)
    else:
        assert read == lived


def same_text(lived: str, read: str, ids: dict[UUID, UUID]) -> None:
    """Some texts are ids or days all the same, such as the answer to a question for a day."""
    for kind in (UUID, date.fromisoformat):
        try:
            was = kind(lived)
        except ValueError:
            continue
        same(was, kind(read), ids)
        return
    assert read == lived.replace(NAME, f"Supplier {LIFE:06d}")


async def test_it_is_recorded_in_order_on_the_day_it_happened_but_for_the_few_that_are_typed_in_later() -> None:
    found = [row async for row in years.rows(2 * years.TARDY)]
    recorded = [row[5] for row in found]
    assert [row[0] for row in found] == list(range(1, len(found) + 1))
    assert recorded == sorted(recorded) and recorded[-1] < NOW
    late = {row[1] for row in found if happened(row[4]).date() != row[5].date()}
    assert late and len(late) < len({row[1] for row in found}) / 50
    assert all(happened(row[4]) <= row[5] for row in found)


def happened(state: bytes) -> datetime:
    at = state.index(b'"timestamp":"') + len('"timestamp":"')
    return datetime.fromisoformat(state[at : at + 19].decode()).replace(tzinfo=UTC)
