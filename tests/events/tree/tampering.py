"""A small sealed log, and an administrator of the database who rewrites it in every way there is."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg

from events.recorder import PostgresRecorder
from events.stored import Draft
from events.tree import seals
from events.tree.frontier import Frontier
from events.tree.reading import END, START, between
from events.tree.sealer import Sealer
from events.tree.verifying import Known, Verdict, Verifying

EVENTS, BATCH = 60, 7
HEADS = (21, 42, 60)

FREE = "SET session_replication_role = replica"
KEEP = """
CREATE TABLE kept_log AS TABLE event_log;
CREATE TABLE kept_seals AS TABLE log_seals
"""
RESTORE = """
DELETE FROM event_log;
DELETE FROM log_seals;
INSERT INTO event_log TABLE kept_log;
INSERT INTO log_seals TABLE kept_seals
"""
UP = "UPDATE event_log SET position = -position - 1 WHERE position >= $1"
DOWN = "UPDATE event_log SET position = -position + 1 WHERE position > $1"
TURN = "UPDATE event_log SET position = -position WHERE position < 0"
FORGED = """
INSERT INTO event_log
SELECT $1, gen_random_uuid(), 1, topic, state, recorded_at, actor, gen_random_uuid(), correlation_id
  FROM event_log WHERE position = $2
"""


class Tampered(NamedTuple):
    """The first position that is not as it was, and what may be said of it."""

    position: int
    kinds: tuple[str, ...]


Way = Callable[[Any, random.Random, int], Awaitable[Tampered]]


def setting(column: str, value: str) -> Way:
    async def change(connection: Any, chance: random.Random, position: int) -> Tampered:
        statement = f"UPDATE event_log SET {column} = {value} WHERE position = $1"
        assert await connection.execute(statement, position) == "UPDATE 1"
        return Tampered(position, ("changed",))

    change.__name__ = f"set_{column}"
    return change


async def flip_a_bit(connection: Any, chance: random.Random, position: int) -> Tampered:
    state = bytearray(await connection.fetchval("SELECT state FROM event_log WHERE position = $1", position))
    state[chance.randrange(len(state))] ^= 1 << chance.randrange(8)
    await connection.execute("UPDATE event_log SET state = $2 WHERE position = $1", position, bytes(state))
    return Tampered(position, ("changed",))


async def remove(connection: Any, chance: random.Random, position: int) -> Tampered:
    await connection.execute("DELETE FROM event_log WHERE position = $1", position)
    return Tampered(position, ("removed",))


async def remove_and_close_up(connection: Any, chance: random.Random, position: int) -> Tampered:
    await remove(connection, chance, position)
    await connection.execute(DOWN, position)
    await connection.execute(TURN)
    return Tampered(position, ("removed",))


async def insert(connection: Any, chance: random.Random, position: int) -> Tampered:
    await connection.execute(UP, position)
    await connection.execute(TURN)
    await connection.execute(FORGED, position, position + 1)
    return Tampered(position, ("inserted",))


async def insert_before_the_first(connection: Any, chance: random.Random, position: int) -> Tampered:
    outside = -chance.randrange(5)
    await connection.execute(FORGED, outside, position)
    return Tampered(outside, ("inserted",))


async def replace(connection: Any, chance: random.Random, position: int) -> Tampered:
    await connection.execute(FORGED, -99, position)
    await remove(connection, chance, position)
    await connection.execute("UPDATE event_log SET position = $1 WHERE position = -99", position)
    return Tampered(position, ("changed",))


async def swap(connection: Any, chance: random.Random, position: int) -> Tampered:
    other = chance.choice([each for each in range(1, EVENTS + 1) if each != position])
    for here, there in ((position, -99), (other, position), (-99, other)):
        await connection.execute("UPDATE event_log SET position = $2 WHERE position = $1", here, there)
    return Tampered(min(position, other), ("swapped",))


async def swap_states(connection: Any, chance: random.Random, position: int) -> Tampered:
    other = chance.choice([each for each in range(1, EVENTS + 1) if each != position])
    await connection.execute(
        "UPDATE event_log l SET state = o.state FROM event_log o WHERE l.position + o.position = $1 "
        "AND l.position IN ($2, $3) AND o.position IN ($2, $3) AND l.position <> o.position",
        position + other, position, other,
    )  # fmt: skip
    return Tampered(min(position, other), ("changed",))


async def cut_off(connection: Any, chance: random.Random, position: int) -> Tampered:
    await connection.execute("DELETE FROM event_log WHERE position >= $1", position)
    return Tampered(position, ("removed",))


WAYS: Sequence[Way] = (
    setting("topic", "topic || 'x'"),
    setting("state", "state || ' '"),
    setting("actor", "gen_random_uuid()"),
    setting("actor", "NULL"),
    setting("command_id", "gen_random_uuid()"),
    setting("correlation_id", "'another'"),
    setting("recorded_at", "recorded_at + interval '1 microsecond'"),
    setting("recorded_at", "recorded_at - interval '1 day'"),
    setting("originator_version", "originator_version + 1000"),
    setting("originator_id", "gen_random_uuid()"),
    flip_a_bit,
    remove,
    remove_and_close_up,
    insert,
    insert_before_the_first,
    replace,
    swap,
    swap_states,
    cut_off,
)


class Tampering:
    """An honest log with its seals and signed heads, to be broken and restored any number of times."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self.connection = connection
        self.heads: list[Known] = []

    async def prepare(self, pool: asyncpg.Pool) -> None:
        recorder = PostgresRecorder(pool)
        versions = dict.fromkeys((UUID(int=1), UUID(int=2), UUID(int=3), UUID(int=4)), 0)
        for n in range(EVENTS):
            boat = list(versions)[n * n % 4]
            versions[boat] += 1
            draft = Draft(boat, versions[boat], f"Boat.Sailed{n % 3}", b'{"miles":%d}' % n)
            await recorder.append([draft], actor=UUID(int=9), command_id=UUID(int=1000 + n))
        sealer = Sealer(pool, batch=BATCH)
        while await sealer.seal():
            pass
        leaves = [each.hash for each in await between(self.connection, START, END)]
        for size in HEADS:
            tree = Frontier()
            tree.add(leaves[:size])
            self.heads.append(Known(size, tree.root(), f"the day of {size}"))
        await self.connection.execute(FREE)
        await self.connection.execute(KEEP)

    async def verdict(self, heads: Sequence[Known] = ()) -> Verdict:
        return await Verifying(self.connection, heads, window=20).run(lambda done, total: None)

    async def reseal(self) -> None:
        """The seals that an honest sealer would have made of the log as it is now."""
        await self.connection.execute("DELETE FROM log_seals")
        leaves = [each.hash for each in await between(self.connection, START, END)]
        tree = Frontier()
        for at in range(0, len(leaves), BATCH):
            tree.add(leaves[at : at + BATCH])
            await seals.add(self.connection, tree, leaves[at : at + BATCH])

    async def once(self, chance: random.Random) -> str | None:
        """Break it in some way; what was said when it was not located, else nothing."""
        way, position = chance.choice(WAYS), chance.randint(1, EVENTS)
        tampered = await way(self.connection, chance, position)
        with_seals = chance.random() < 0.3
        if with_seals:
            await self.reseal()
        verdict = await self.verdict(self.heads)
        await self.connection.execute(RESTORE)
        located = self._by_heads(tampered, verdict) if with_seals else self._by_seals(tampered, verdict)
        return None if located else f"{way.__name__} at {tampered}, seals too: {with_seals}: {verdict.findings[:3]}"

    def _by_seals(self, tampered: Tampered, verdict: Verdict) -> bool:
        first = verdict.findings[0] if verdict.findings else None
        return bool(first and first.position == tampered.position and first.kind in tampered.kinds)

    def _by_heads(self, tampered: Tampered, verdict: Verdict) -> bool:
        """Between which two heads; the order of the log may tell more."""
        first = next((each for each in verdict.findings if each.kind == "head"), None)
        if first is None:
            return False
        until = min(size for size in HEADS if size >= tampered.position)
        return first.position <= max(tampered.position, 1) <= until
