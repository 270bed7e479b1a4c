"""How fast what is stored becomes events again, and events a long-lived aggregate."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from eventsourcing.persistence import StoredEvent
from pydantic_core import from_json

from benchmarks.bodies import BODY
from benchmarks.library_runner import Note, Notes
from benchmarks.measuring import Findings, Sample, Table, at, in_turns, rounds_of
from benchmarks.portfolio import lives
from benchmarks.portfolio.filling import fill, portfolio
from benchmarks.portfolio.office import VENDOR, MemoryOffice
from benchmarks.server import database, settled
from benchmarks.sizes import Sizes
from benchmarks.stores import store_on
from cli.embedded.postgres import Postgres
from cli.store import Store
from events.fact import fold
from events.repository import Repository
from events.sealing import MARK
from events.snapshots import EVERY
from suppliers.answering import BeginAnswering
from suppliers.assessment import Assessment

NAME = "decoding"
WHOLE = "loaded from all its events"
DICTS, ROWS = "the same JSON parsed into dicts, nothing checked", "its rows read, not decoded"
METHOD = """
Events of the projecting benchmark's log in memory, one after another. Loading reads one assessment whose vendor kept
changing an answer, through the repository: from all its events, and from a snapshot with
nearly as many events behind it as make the next one. The library's mapper turns its own JSON into its own
event classes, which check no types.
"""


async def run(postgres: Postgres, sizes: Sizes) -> Findings:
    async with AsyncExitStack() as closing:
        dsn = await closing.enter_async_context(database(postgres))
        store = await closing.enter_async_context(store_on(dsn))
        await fill(store.recorder, store.mapper, await portfolio(sizes.lives))
        stream = await _long_stream(store, sizes.stream)
        await settled(store.pool)
        tables = (await _decode(store, sizes), await _load(store, stream, sizes))
    return Findings(NAME, "Decoding and loading", tables, METHOD)


async def _decode(store: Store, sizes: Sizes) -> Table:
    stored = await store.recorder.select_feed(0, 20_000)
    sealed = [each for each in stored if MARK in each.state]
    facts = await store.mapper.facts(stored)

    async def dicts() -> float:
        begun = time.perf_counter()
        for each in stored:
            from_json(each.state)
        return len(stored) / (time.perf_counter() - begun)

    samples: dict[str, Sample] = {
        DICTS: dicts,
        "decoded into events": partial(_rate, store.mapper.facts, stored),
        "decoded into events, all with sealed personal data": partial(_rate, store.mapper.facts, sealed),
        "events made ready to be stored": partial(_rate, store.mapper.drafts, facts),
        "decoded by the library's mapper": _library(),
    }
    title = f"{len(stored):,} events of the mix"
    return Table(title, "events/s", "more", await in_turns(sizes.rounds, samples), DICTS)


async def _rate(convert: Callable[[Any], Awaitable[object]], given: Sequence[object]) -> float:
    begun = time.perf_counter()
    await convert(given)
    return len(given) / (time.perf_counter() - begun)


def _library() -> Sample:
    """The library's own way, on events as long as ours."""
    app = Notes()
    events = [event for _ in range(500) for event in Note("x" * (BODY - 120)).collect_events()]
    stored: list[StoredEvent] = [app.mapper.to_stored_event(event) for event in events]

    async def decode() -> float:
        begun = time.perf_counter()
        for each in stored:
            app.mapper.to_domain_event(each)
        return len(stored) / (time.perf_counter() - begun)

    return decode


async def _load(store: Store, stream: UUID, sizes: Sizes) -> Table:
    stored = await store.recorder.select_stream(stream)
    facts = await store.mapper.facts(stored)
    plain = Repository(store.recorder, store.mapper)

    async def load() -> Assessment | None:
        return await plain.load(Assessment, stream)

    async def from_snapshot() -> Assessment | None:
        return await store.repository.load(Assessment, stream)

    async def folding() -> object:
        return fold(facts)

    samples = {
        ROWS: partial(_times, partial(store.recorder.select_stream, stream), sizes.loads),
        "decoded, not read": partial(_times, partial(store.mapper.facts, stored), sizes.loads),
        "folded, neither read nor decoded": partial(_times, folding, sizes.loads),
        WHOLE: partial(_times, load, sizes.loads),
        "loaded from a snapshot that is about to be replaced": partial(_times, from_snapshot, sizes.loads),
    }
    found = await rounds_of(sizes.rounds, samples)
    measures = tuple(at(0.5, label, values) for label, values in found.items())
    return Table(f"An aggregate of {len(stored):,} events, p50", "ms", "less", measures, ROWS)


async def _times(action: Callable[[], Awaitable[object]], count: int) -> list[float]:
    found = []
    for _ in range(count):
        begun = time.perf_counter()
        await action()
        found.append((time.perf_counter() - begun) * 1_000)
    return found


async def _long_stream(store: Store, events: int) -> UUID:
    """An assessment with so many events, as many of them since its snapshot as there can be."""
    office = MemoryOffice()
    assessment_id = await lives.asked(office, 2)
    await office.issue(BeginAnswering(assessment_id=assessment_id, link=1), VENDOR)
    assessment = await office.load(Assessment, assessment_id)
    for revision in range(events - assessment.version):
        note = f"Said for the {revision + 1}. time, in a sentence of the usual length."
        assessment.answer("mod.01", value=note, note=note, seen=revision, by=VENDOR.id, at=office.now())
    earlier = [each for each in await office.log() if each.originator_id == assessment_id]
    facts: list[Any] = [*await office.mapper.facts(earlier), *assessment.pending_events]
    drafts = await store.mapper.drafts(facts)
    since = min(EVERY, len(drafts)) - 1
    await store.recorder.append(drafts[:-since], command_id=uuid4())
    await store.repository.load(Assessment, assessment_id)  # takes a snapshot, if it is one of many
    await store.recorder.append(drafts[-since:], command_id=uuid4())
    return assessment_id
