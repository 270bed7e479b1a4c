"""The log as a stream of raw rows says the same as the log read row by row, wherever the stream is cut."""

from __future__ import annotations

from random import Random
from uuid import uuid4

import asyncpg

from events import bulk
from events.recorder import PostgresRecorder
from events.stored import Draft


async def test_raw_rows_are_what_the_recorder_reads_however_they_arrive(pool: asyncpg.Pool) -> None:
    recorder, random, pieces = PostgresRecorder(pool), Random(1), []
    for number in range(40):
        drafts = [Draft(uuid4(), 1, random.choice(["Boat.Launched", "Boat's.Sunk"]), b'{"n":"%s"}' % (b"x" * number))]
        who, why, said = (random.choice([None, uuid4()]), random.choice([None, uuid4()]), random.choice([None, "né"]))
        await recorder.append(drafts, actor=who, command_id=why, correlation_id=said)

    async def take(piece: bytes) -> None:
        pieces.append(piece)

    async with pool.acquire() as connection:
        await bulk.copied(connection, 3, 35, [], take)
    whole = b"".join(pieces)
    for most in (1, 7, 100, len(whole)):
        cutter, found, at = bulk.Cutter(), [], 0
        while at < len(whole):
            size = random.randrange(1, most + 1)
            found += cutter.cut(whole[at : at + size])
            at += size
        assert bulk.stored(b"".join(row for *_, row in found)) == await recorder.select_feed(3, 100, until=35)
        assert [state for _, _, state, _ in found] == [each.state for each in await recorder.select_feed(3, 32)]


async def test_only_rows_of_the_topics_asked_for_come(pool: asyncpg.Pool) -> None:
    recorder, rows = PostgresRecorder(pool), []
    await recorder.append([Draft(uuid4(), 1, topic, b"{}") for topic in ("Boat.Launched", "Boat's.Sunk", "Boat.Sold")])
    cutter = bulk.Cutter()

    async def take(piece: bytes) -> None:
        rows.extend(cutter.cut(piece))

    async with pool.acquire() as connection:
        await bulk.copied(connection, 0, 3, ["Boat's.Sunk", "Boat.Sold"], take)
    assert [topic for _, topic, _, _ in rows] == [b"Boat's.Sunk", b"Boat.Sold"]
