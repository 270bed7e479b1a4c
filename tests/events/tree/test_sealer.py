"""The sealer goes on only while what it sealed is still there, and what was signed agrees with it."""

from __future__ import annotations

from uuid import uuid4

import asyncpg
import pytest

from events.recorder import PostgresRecorder
from events.stored import Draft
from events.tree import telling
from events.tree.findings import Finding, LogChanged
from events.tree.frontier import Frontier
from events.tree.reading import END, START, between
from events.tree.sealer import Sealer, Signed

FREE = "SET session_replication_role = replica;"


async def append(pool: asyncpg.Pool, events: int) -> None:
    boat = uuid4()
    await PostgresRecorder(pool).append([Draft(boat, n, "Boat.Sailed", b"{}") for n in range(1, events + 1)])


async def sealed(pool: asyncpg.Pool, events: int = 10, batch: int = 4) -> Sealer:
    await append(pool, events)
    sealer = Sealer(pool, batch=batch)
    await sealer.begin()
    while await sealer.seal():
        pass
    return sealer


async def test_it_seals_in_batches_up_to_the_head_and_its_root_is_that_of_the_log(pool: asyncpg.Pool) -> None:
    sealer = await sealed(pool)
    assert [tuple(row) for row in await pool.fetch("SELECT first, size FROM log_seals ORDER BY size")] == [
        (1, 4),
        (5, 8),
        (9, 10),
    ]
    tree = Frontier()
    async with pool.acquire() as connection:
        tree.add([leaf.hash for leaf in await between(connection, START, END)])
    assert (sealer.size, sealer.root) == (10, tree.root())
    assert await pool.fetchval("SELECT position FROM checkpoints WHERE name = 'sealer'") == 10


async def test_another_process_takes_up_where_it_stopped(pool: asyncpg.Pool) -> None:
    first = await sealed(pool)
    await append(pool, 5)
    second = Sealer(pool)
    await second.begin([Signed(first.size, first.root)])
    assert await second.seal() == 5
    assert second.size == 15


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE event_log SET topic = 'x' WHERE position = 10",
        "DELETE FROM event_log WHERE position = 10",
        "UPDATE log_seals SET root = sha256('x') WHERE size = 10",
        "DELETE FROM log_seals WHERE size = 10",
    ],
)
async def test_it_does_not_seal_over_a_changed_last_batch(pool: asyncpg.Pool, tampering: str) -> None:
    sealer = await sealed(pool)
    await pool.execute(FREE + tampering)
    await append(pool, 1)
    with pytest.raises(LogChanged):
        await sealer.seal()
    assert await pool.fetchval("SELECT max(size) FROM log_seals") <= 10


async def test_its_patrol_finds_what_was_changed_long_ago_and_a_new_start_looks_there_first(pool: asyncpg.Pool) -> None:
    sealer = await sealed(pool)
    for _ in range(5):
        await sealer.patrol()
    await pool.execute(FREE + "UPDATE event_log SET topic = 'x' WHERE position = 6")
    with pytest.raises(LogChanged, match="event 6"):
        for _ in range(4):
            await sealer.patrol()
    with pytest.raises(LogChanged, match="event 6"):
        await sealer.begin()
    await pool.execute(FREE + "UPDATE event_log SET topic = 'Boat.Sailed' WHERE position = 6")
    await sealer.begin()
    assert sealer.changed is None


async def test_seals_rewritten_while_it_did_not_run_are_held_against_the_head_that_was_signed(
    pool: asyncpg.Pool,
) -> None:
    honest = await sealed(pool)
    await pool.execute(FREE + "DELETE FROM log_seals; UPDATE event_log SET topic = 'x' WHERE position = 6")
    forger = Sealer(pool, batch=10)
    await forger.begin()
    await forger.seal()
    with pytest.raises(LogChanged, match="signed over the first 10 events"):
        await Sealer(pool).begin([Signed(honest.size, honest.root)])


async def test_an_event_that_vanished_before_it_was_sealed_stops_it(pool: asyncpg.Pool) -> None:
    sealer = await sealed(pool)
    await append(pool, 3)
    await pool.execute(FREE + "DELETE FROM event_log WHERE position = 12")
    with pytest.raises(LogChanged, match="12 was removed"):
        await sealer.seal()


async def test_what_was_told_is_looked_at_first_also_by_another_process(pool: asyncpg.Pool) -> None:
    await sealed(pool)
    await pool.execute(FREE + "UPDATE event_log SET topic = 'x' WHERE position = 2")
    await telling.put(pool, Finding(2, "changed", "Changed: event 2."))
    with pytest.raises(LogChanged, match="event 2"):
        await Sealer(pool).begin()


async def test_since_when_is_kept_and_of_two_findings_the_first_in_the_log(pool: asyncpg.Pool) -> None:
    first, second, later = (Finding(at, "changed", f"Changed: event {at}.") for at in (6, 2, 9))
    await telling.put(pool, first)
    since = await pool.fetchval("SELECT found_at FROM log_findings")
    for each in (second, later):
        await telling.put(pool, each)
        assert await telling.told(pool) == second
    assert await pool.fetchval("SELECT found_at FROM log_findings") == since


async def test_after_others_wrote_seals_it_does_not_go_on_from_theirs_but_stops_again(pool: asyncpg.Pool) -> None:
    sealer = await sealed(pool)
    await pool.execute(FREE + "DELETE FROM log_seals; UPDATE event_log SET topic = 'x' WHERE position = 6")
    forger = Sealer(pool, batch=4)
    while await forger.seal():
        pass
    for step in (sealer.seal, sealer.begin, sealer.begin):
        with pytest.raises(LogChanged, match="Somebody else wrote"):
            await step()
