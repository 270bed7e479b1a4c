"""How many events a second are appended, one or ten at a time, by one or many writers."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from functools import partial

from eventsourcing.postgres import PostgresApplicationRecorder

from benchmarks import message_db
from benchmarks.bodies import Body, body
from benchmarks.costs import Costs
from benchmarks.measuring import Findings, Sample, Table, in_turns
from benchmarks.peers import OTHER_WORK, TABLES, copy, insert, insert_all, library_rate, library_recorder
from benchmarks.server import database, pool_on
from benchmarks.sizes import Sizes
from cli.embedded.postgres import Postgres
from cli.pool import Pool
from events.group_commit import GroupCommit
from events.recorder import PostgresRecorder
from events.stored import Statement

NAME = "append"
BARE = "bare INSERT, a commit each"
OURS = "Tierce, group commit"
CEILING = "bare INSERT of all writers' appends in one statement, a commit each"
ALONE = "bare INSERT, a commit each, by one writer alone"
METHOD = """
Events of 450 bytes, each append a new stream with actor and command id, on a PostgreSQL with fsync and
synchronous_commit on. The bare INSERT goes into a table with the log's columns and indexes through the same driver;
it checks no version and keeps no order of commits. Ten events each are one statement there, too. The row below it
hands the appends of as many writers in as one such statement, from one connection, with nobody to be told: no group
commit that is on disk before it answers can be faster than that by more than what it does meanwhile. "By one writer
alone" is the bare INSERT without the flushes that PostgreSQL lets its sessions share. The library's
recorder (eventsourcing.postgres, psycopg) runs in a thread for each writer. message-db is its documented write_message
(a lock on the category until commit, the expected version checked, data as jsonb), written anew and called through
the same driver, once for each event. "Beside other work" is a transaction that also inserts a row into another table:
its measure is the bare INSERT beside the same work, which needs as many statements. There, "direct" is a transaction
of the caller's own (`recorder.transaction()`): it commits without the disk, so that the log's lock is free, and is
answered after a flush that those who commit at the same time share. In the group commit those of many callers are one
transaction, and the rows they insert beside one journey. "Processor time" is what this process and the database took
meanwhile for each event, of the same samples: what an append leaves of the machine for everything else.
"""
Write = Callable[[Body], Awaitable[object]]


@dataclass(frozen=True)
class Contestants:
    """Everyone on one database."""

    pool: Pool
    ours: PostgresRecorder
    together: GroupCommit
    library: PostgresApplicationRecorder

    async def direct(self, given: Body) -> None:
        await self.ours.append(given.drafts, actor=given.actor, command_id=given.command)

    async def grouped(self, given: Body) -> None:
        await self.together.append(given.drafts, actor=given.actor, command_id=given.command)

    async def bare(self, given: Body) -> None:
        async with self.pool.acquire() as connection:
            await insert(connection, given)

    async def direct_beside(self, given: Body) -> None:
        """With other work in the same transaction; the append comes last, since all others wait for its commit."""
        async with self.ours.transaction() as transaction:
            await transaction.connection.execute(OTHER_WORK, given.command)
            await transaction.append(given.drafts, actor=given.actor, command_id=given.command)

    async def grouped_beside(self, given: Body) -> None:
        """Handed to the group commit, which makes one transaction of many of these."""
        await self.together.append(
            given.drafts,
            actor=given.actor,
            command_id=given.command,
            beside=Statement(OTHER_WORK, (given.command,)),
        )

    async def bare_beside(self, given: Body) -> None:
        async with self.pool.acquire() as connection, connection.transaction():
            await connection.execute(OTHER_WORK, given.command)
            await insert(connection, given)

    async def message_db(self, given: Body) -> None:
        async with self.pool.acquire() as connection:
            await message_db.write(connection, given)

    async def together_at_best(self, *, writers: int, events: int, seconds: float) -> float:
        """What all writers hand in, in one INSERT, again and again, as a rate."""
        begun, count = time.perf_counter(), 0
        async with self.pool.acquire() as connection:
            while not count or time.perf_counter() - begun < seconds:
                await insert_all(connection, [body(events) for _ in range(writers)])
                count += writers * events
        return count / (time.perf_counter() - begun)

    async def copied(self, appends: int, events: int) -> float:
        """One COPY of many, as a rate."""
        bodies = [body(events) for _ in range(appends)]
        async with self.pool.acquire() as connection:
            begun = time.perf_counter()
            await copy(connection, bodies)
        return appends * events / (time.perf_counter() - begun)


async def run(postgres: Postgres, sizes: Sizes) -> Findings:
    async with AsyncExitStack() as closing:
        dsn = await closing.enter_async_context(database(postgres))
        pool = await closing.enter_async_context(pool_on(dsn, max(sizes.writers) + 4))
        await pool.execute(TABLES)
        await pool.execute(message_db.STORE)
        ours = PostgresRecorder(pool)
        together = GroupCommit(ours)
        closing.push_async_callback(together.close)
        library = closing.enter_context(library_recorder(dsn, max(sizes.writers)))
        contestants = Contestants(pool, ours, together, library)
        costs = Costs(postgres)
        tables = [
            await _compare(contestants, sizes, costs, writers=writers, events=events)
            for events in (1, 10)
            for writers in sizes.writers
        ]
    peers = map(_peers, tables[: len(sizes.writers)])
    return Findings(NAME, "Appending", (*tables, *costs.tables(BARE), *peers), METHOD)


def _peers(table: Table) -> Table:
    """The same with our group commit as the measure of all."""
    measures = [each for each in table.measures if "one transaction" not in each.label]
    return replace(table, title=f"Peers: {table.title}", measures=tuple(measures), baseline=OURS)


async def _compare(all: Contestants, sizes: Sizes, costs: Costs, *, writers: int, events: int) -> Table:
    title = f"{writers} {'writer' if writers == 1 else 'writers'}, {'one event' if events == 1 else 'ten events'} each"
    over = partial(_rate, writers=writers, events=events, seconds=sizes.seconds)
    best = all.together_at_best
    library = partial(library_rate, all.library, writers=writers, events=events, seconds=sizes.seconds)
    samples: dict[str, Sample] = {
        BARE: costs.noted(title, BARE, partial(over, all.bare)),
        CEILING: costs.noted(title, CEILING, partial(best, writers=writers, events=events, seconds=sizes.seconds)),
        OURS: costs.noted(title, OURS, partial(over, all.grouped)),
        "Tierce, direct": partial(over, all.direct),
        "message-db's write_message": partial(over, all.message_db),
        "the library's PostgreSQL recorder": partial(asyncio.to_thread, library),
        f"COPY of {sizes.copied:,} appends at once, one writer": partial(all.copied, sizes.copied, events),
    }
    if writers > 1:
        samples[ALONE] = partial(_rate, all.bare, writers=1, events=events, seconds=sizes.seconds)
    beside: Mapping[str, Sample] = {
        "bare INSERT, beside other work in one transaction": partial(over, all.bare_beside),
        "Tierce, group commit, beside other work in one transaction": partial(over, all.grouped_beside),
        "Tierce, direct, beside other work in one transaction": partial(over, all.direct_beside),
    }
    measures = await in_turns(sizes.rounds, {**samples, **(beside if events == 1 else {})})
    return Table(title, "events/s", "more", measures, BARE)


async def _rate(write: Write, *, writers: int, events: int, seconds: float) -> float:
    """Events a second: every writer hands in the next append when the one before was acknowledged."""
    begun = time.perf_counter()

    async def writer() -> int:
        count = 0
        while not count or time.perf_counter() - begun < seconds:
            await write(body(events))
            count += events
        return count

    counts = await asyncio.gather(*(writer() for _ in range(writers)))
    return sum(counts) / (time.perf_counter() - begun)
