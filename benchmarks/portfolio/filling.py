"""Fills a log with a portfolio: real events through the mapper, appended in large batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, zip_longest
from random import Random
from typing import Any, TypeVar

from benchmarks.portfolio.names import names
from benchmarks.portfolio.office import BUYER, MemoryOffice, register_staff
from benchmarks.portfolio.templates import MIX, templates
from events.mapper import Mapper
from events.recorder import PostgresRecorder
from events.stored import Append
from suppliers.aggregate import DomainEvent

T = TypeVar("T")

AT_ONCE = 200
"""Suppliers whose lives run side by side, event by event, as they do on a real log."""
BATCH = 2_000


async def portfolio(suppliers: int) -> Iterator[DomainEvent]:
    """The staff, then the lives of so many suppliers; the same names and mix each time."""
    office = MemoryOffice()
    await register_staff(office)
    return chain(await office.facts(), await streams(suppliers, seed=1))


async def streams(suppliers: int, *, seed: int) -> Iterator[DomainEvent]:
    """Only suppliers; each seed has others."""
    random, kinds = Random(seed), await templates()
    named = names(random)
    lives, weights = [life for life, _ in MIX], [weight for _, weight in MIX]

    def all() -> Iterator[DomainEvent]:
        for begin in range(0, suppliers, AT_ONCE):
            chosen = random.choices(lives, weights, k=min(AT_ONCE, suppliers - begin))
            yield from side_by_side([list(random.choice(kinds[life]).again(next(named), random)) for life in chosen])

    return all()


def side_by_side(streams: Sequence[Sequence[T]]) -> Iterator[T]:
    for row in zip_longest(*streams):
        yield from (each for each in row if each is not None)


async def fill(recorder: PostgresRecorder, mapper: Mapper, events: Iterable[DomainEvent]) -> int:
    """Append all; how many there were."""
    total = 0
    async with recorder.line() as append_many:
        for batch in batches(events, BATCH):
            facts: list[Any] = batch
            [outcome] = await append_many([Append(await mapper.drafts(facts), actor=BUYER.id)])
            if not isinstance(outcome, range):
                raise outcome
            total += len(batch)
    return total


def batches(events: Iterable[T], size: int) -> Iterator[list[T]]:
    batch: list[T] = []
    for event in events:
        batch.append(event)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
