"""How fast a log is sealed and verified, and what a proof costs."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

import asyncpg

from benchmarks.bodies import BODY, TOPIC
from benchmarks.measuring import Findings, Sample, Table, in_turns
from benchmarks.server import database, pool_on, settled
from benchmarks.sizes import Sizes
from cli.dossier.proving import sealed_tree
from cli.embedded.postgres import Postgres
from cli.pool import Pool
from events.tree import seals
from events.tree.reading import BETWEEN, between
from events.tree.sealer import Sealer
from events.tree.verifying import WINDOW, Known, Verifying

NAME = "verifying"
READ = "the rows read by COPY, nothing done with them"
TREE = "the tree from the seals"
METHOD = """
Events of 450 bytes in streams of ten. `tierce verify` reads every row, computes each hash and the tree, holds them
against the seals and a signed head, and checks positions, versions and times, in one process on one core beside
PostgreSQL. The sealer works in batches of a thousand and looks at each batch again before the next. A proof is
made from the seals alone.
"""
PROOFS = 50
"""As many as a supplier has events."""

FILL = """
INSERT INTO event_log
SELECT n, ('00000000-0000-4000-8000-' || lpad(to_hex((n - 1) / 10), 12, '0'))::uuid, (n - 1) % 10 + 1, $2,
       convert_to(rpad('{"question":"q.' || n || '","value":"', $3 - 2, 'x') || '"}', 'UTF8'),
       timestamptz '2026-01-01 UTC' + n * interval '1 millisecond', gen_random_uuid(), gen_random_uuid(), NULL
  FROM generate_series(1, $1::bigint) AS n
"""
UNSEAL = "SET session_replication_role = replica; TRUNCATE log_seals; SET session_replication_role = origin"


@dataclass(frozen=True)
class Log:
    """A filled log; everything is measured in events a second, or in milliseconds."""

    pool: Pool
    dsn: str
    size: int

    async def read(self) -> float:
        async def drop(part: bytes) -> None:
            pass

        begun = time.perf_counter()
        async with self.pool.acquire() as connection:
            for after in range(0, self.size, WINDOW):
                await connection.copy_from_query(BETWEEN, after, after + WINDOW, output=drop, format="binary")
        return self._rate(begun)

    async def sealed(self) -> float:
        await self.pool.execute(UNSEAL)
        sealer = Sealer(self.pool)
        begun = time.perf_counter()
        while await sealer.seal():
            pass
        return self._rate(begun)

    async def verified(self) -> float:
        connection = await asyncpg.connect(self.dsn)
        seal = await seals.last(connection)
        assert seal is not None
        begun = time.perf_counter()
        verdict = await Verifying(connection, [Known(seal.size, seal.root, "now")]).run(lambda done, total: None)
        rate = self._rate(begun)
        await connection.close()
        if verdict.findings or verdict.sealed != self.size or verdict.heads != 1:
            raise RuntimeError(f"the log was not verified: {verdict}")
        return rate

    async def tree(self) -> float:
        return 1_000 * (await self._proved())[0]

    async def proofs(self) -> float:
        return 1_000 * (await self._proved())[1]

    async def _proved(self) -> tuple[float, float]:
        begun = time.perf_counter()
        async with self.pool.acquire() as connection, connection.transaction():
            tree = await sealed_tree(connection)
            made = time.perf_counter()
            leaves = await between(connection, 0, PROOFS)
        for leaf in leaves:
            tree.inclusion(leaf.position - 1)
        return made - begun, time.perf_counter() - made

    def _rate(self, begun: float) -> float:
        return self.size / (time.perf_counter() - begun)


async def run(postgres: Postgres, sizes: Sizes) -> Findings:
    async with database(postgres) as dsn, pool_on(dsn) as pool:
        await pool.execute(FILL, sizes.sealed, TOPIC, BODY, timeout=600)
        await settled(pool)
        found = await in_turns(sizes.long_rounds, _samples(Log(pool, dsn, sizes.sealed)))
    size = f"{sizes.sealed:,} events"
    whole = Table(f"Sealing and verifying {size}", "events/s", "more", found[:3], READ)
    proofs = Table(f"Proving {PROOFS} of {size}", "ms", "less", found[3:], TREE)
    return Findings(NAME, "Verifying", (whole, proofs), METHOD)


def _samples(log: Log) -> Mapping[str, Sample]:
    return {
        READ: log.read,
        "sealed": log.sealed,
        "verified": log.verified,
        TREE: log.tree,
        f"{PROOFS} events read and proven": log.proofs,
    }
