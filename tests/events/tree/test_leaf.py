"""What an event's hash is over."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import asyncpg

from events.recorder import PostgresRecorder
from events.stored import Draft, Stored
from events.tree.leaf import encode
from events.tree.reading import END, START, between, chosen

BOAT, CREW = UUID(int=7), UUID(int=9)
DRAFTS = [
    Draft(BOAT, 1, "Boat.Launched", b'{"name":"Heron"}'),
    Draft(BOAT, 2, "Boat.Renamed", '{"name":"Möwe"}'.encode()),
]


async def test_the_bytes_read_from_the_log_are_those_an_event_is_encoded_to(pool: asyncpg.Pool) -> None:
    recorder = PostgresRecorder(pool)
    await recorder.append(DRAFTS)
    await recorder.append([Draft(BOAT, 3, "", b"")], actor=CREW, command_id=UUID(int=1), correlation_id="ünlü")
    stored = await recorder.select_feed(0, 10)
    async with pool.acquire() as connection:
        leaves = await between(connection, START, END)
        assert [each.data for each in leaves] == [encode(each) for each in stored]
        assert [each.stored for each in leaves] == stored
        assert [each.position for each in await chosen(connection, [3, 1])] == [1, 3]


async def test_postgresql_itself_finds_the_same_hash(pool: asyncpg.Pool) -> None:
    await PostgresRecorder(pool).append([DRAFTS[0]], actor=CREW)
    theirs = await pool.fetchval("""
        SELECT sha256('\\x00'::bytea || int2send(9::int2)
                 || int4send(8) || int8send(position) || int4send(16) || uuid_send(originator_id)
                 || int4send(8) || int8send(originator_version) || int4send(8) || timestamptz_send(recorded_at)
                 || int4send(16) || uuid_send(actor) || int4send(-1) || int4send(-1)
                 || int4send(octet_length(topic)) || textsend(topic) || int4send(octet_length(state)) || state)
          FROM event_log""")
    async with pool.acquire() as connection:
        assert [each.hash for each in await between(connection, 0, 1)] == [theirs]


def test_no_two_events_are_the_same_bytes() -> None:
    at = datetime(2026, 1, 5, 12, tzinfo=UTC)
    plain = Stored(BOAT, 1, "ab", b"c", 1, at, None, None, None)
    others = [
        plain._replace(topic="a", state=b"bc"),
        plain._replace(correlation_id=""),
        plain._replace(actor=CREW),
        plain._replace(command_id=CREW),
        plain._replace(recorded_at=at.replace(microsecond=1)),
        plain._replace(position=2),
        plain._replace(originator_version=2),
        plain._replace(originator_id=CREW),
    ]
    assert len({encode(each) for each in [plain, *others]}) == 1 + len(others)
