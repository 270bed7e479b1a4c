"""Whatever an administrator of the database does to the log, it is found, and named where it begins."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator

import asyncpg
import pytest

from tests.events.tree.tampering import EVENTS, RESTORE, WAYS, Tampering, remove, setting, swap


@pytest.fixture
async def tampering(database: str, pool: asyncpg.Pool) -> AsyncIterator[Tampering]:
    connection = await asyncpg.connect(database)
    log = Tampering(connection)
    await log.prepare(pool)
    yield log
    await connection.close()


async def test_a_log_that_nobody_touched_is_found_to_be_whole(tampering: Tampering) -> None:
    verdict = await tampering.verdict(tampering.heads)
    assert verdict.findings == []
    assert (verdict.events, verdict.streams, verdict.sealed, verdict.heads) == (EVENTS, 2, EVENTS, 3)
    assert verdict.root == tampering.heads[-1].root


async def test_60_random_manipulations_are_all_located(tampering: Tampering) -> None:
    chance = random.Random(20261124)
    assert [said for _ in range(60) if (said := await tampering.once(chance))] == []


async def test_each_way_to_change_the_log_is_named(tampering: Tampering) -> None:
    for number, way in enumerate(WAYS):
        tampered = await way(tampering.connection, random.Random(number), 30)
        first, *_ = (await tampering.verdict()).findings
        await tampering.connection.execute(RESTORE)
        assert (first.position, first.kind) == (tampered.position, tampered.kinds[0]), way.__name__


async def test_the_sentence_names_the_event_as_people_can_find_it(tampering: Tampering) -> None:
    await setting("actor", "NULL")(tampering.connection, random.Random(1), 17)
    first, *_ = (await tampering.verdict()).findings
    stream = "00000000-0000-0000-0000-000000000001"
    assert first.sentence == (
        f"Changed: event 17 (Boat.Sailed1, stream {stream}, version 9) is not as it was when it was sealed."
    )


async def test_without_a_head_from_outside_a_log_rewritten_with_its_seals_passes(tampering: Tampering) -> None:
    await setting("topic", "'Boat.Sunk'")(tampering.connection, random.Random(1), 30)
    await tampering.reseal()
    assert (await tampering.verdict()).findings == []
    (finding,) = (await tampering.verdict(tampering.heads)).findings[:1]
    assert finding.kind == "head"
    assert "up to 42 are not those of the head signed on the day of 42; up to 21 they are" in finding.sentence


async def test_seals_that_were_changed_removed_or_made_up_are_found(tampering: Tampering) -> None:
    for forging in (
        "UPDATE log_seals SET root = sha256('x') WHERE size = 28",
        "UPDATE log_seals SET leaves = set_byte(leaves, 40, get_byte(leaves, 40) # 1) WHERE size = 28",
        "DELETE FROM log_seals WHERE size = 28",
        "INSERT INTO log_seals SELECT size + 1000, first + 1000, root, frontier, leaves FROM log_seals WHERE size = 28",
        "INSERT INTO log_seals SELECT size - 1, first + 1, root, frontier, substr(leaves, 1, 160) "
        "FROM log_seals WHERE size = 28",
    ):
        assert await tampering.connection.execute(forging) in ("UPDATE 1", "DELETE 1", "INSERT 0 1")
        assert (await tampering.verdict()).findings, forging
        await tampering.connection.execute("DELETE FROM log_seals; INSERT INTO log_seals TABLE kept_seals")


async def test_events_that_are_not_sealed_yet_are_held_against_the_order_of_the_log(tampering: Tampering) -> None:
    await tampering.connection.execute("DELETE FROM log_seals WHERE size > 20")
    assert (await tampering.verdict()).findings == []
    await remove(tampering.connection, random.Random(1), 30)
    assert [(each.position, each.kind) for each in (await tampering.verdict()).findings][:1] == [(30, "removed")]


async def test_two_events_of_neighbouring_batches_that_changed_places_are_named_together(tampering: Tampering) -> None:
    class Next(random.Random):
        def choice(self, seq):  # type: ignore[no-untyped-def]
            return 22

    await swap(tampering.connection, Next(), 21)
    first, *_ = (await tampering.verdict()).findings
    assert first.sentence.startswith("Swapped: event 21 (") and "at position 21." in first.sentence
