"""Backups are restored: nothing of the log is missing or changed, views are rebuilt, and who was erased stays so."""

from __future__ import annotations

import asyncio
import json
import random
from pathlib import Path
from uuid import UUID

import asyncpg

from cli.embedded.postgres import Postgres
from cli.erasing import Eraser
from cli.holdings import erased
from cli.pool import open_pool
from cli.store import Store
from clock import MovableClock
from desk import ADMIN
from events.recorder import PostgresRecorder
from notifications.ledger import Ledger
from projections.all import VIEWS
from projections.projector import Projector
from suppliers.people import ErasePerson, RegisterStaff
from suppliers.ports import SYSTEM, Role
from tests.drills import backups
from tests.drills.chance import seed
from tests.drills.site import Site, site, stored
from tests.oracle import discrepancies
from tests.stories.searching import columns_holding

NAME, ADDRESS = "Quintessa Rumpel", "quintessa@rumpel.example"
VIEW_TABLES = ("public.view_*",)
CHECKPOINTS = "DELETE FROM checkpoints WHERE name LIKE 'view:%'"


def eraser(store: Store) -> Eraser:
    return Eraser(store, Ledger(store.pool, 1, clock=MovableClock()))


async def registered(store: Store) -> UUID:
    command = RegisterStaff(name=NAME, email=ADDRESS, roles=frozenset({Role.PROCUREMENT}))
    await store.office.issue(command, actor=SYSTEM)
    return command.person_id


async def erase(store: Store, person: UUID) -> None:
    await store.office.issue(ErasePerson(person_id=person, reason="on request"), actor=ADMIN)
    await eraser(store)(person)


async def work(made: Site, acknowledged: int = 150) -> None:
    """Until so many more were answered."""
    working, goal = asyncio.create_task(made.load.run()), made.load.acknowledged + acknowledged
    while made.load.acknowledged < goal:
        await made.goes_on()
    made.load.stop()
    await working


async def looked_through(postgres: Postgres, made: Site, until: int, database: str = "postgres") -> list[str]:
    """With the views as the log makes them, and the heads that were noted before the backup."""
    async with stored(postgres.dsn(database)) as store:
        await Projector(store.feed, store.pool, VIEWS).catch_up()
        return await discrepancies(store.pool, heads=[each for each in made.seals.heads if each.size <= until])


async def test_a_base_backup_taken_under_load_is_restored_and_verified(tmp_path: Path) -> None:
    async with site(tmp_path, random.Random(seed())) as made:
        working = asyncio.create_task(made.load.run())
        await made.goes_on()
        before = await made.store.recorder.head()
        await backups.base_backup(made.postgres, tmp_path / "backup")
        after = await made.store.recorder.head()
        made.load.stop()
        await working
        restored = backups.restored_cluster(tmp_path / "backup", tmp_path / "restored")
        try:
            assert await looked_through(restored, made, before) == []
            async with open_pool(restored.dsn(), connections=1) as pool:
                assert before <= await PostgresRecorder(pool).head() <= after
        finally:
            restored.stop()


async def test_a_dump_without_views_is_restored_and_the_views_are_rebuilt(tmp_path: Path) -> None:
    async with site(tmp_path, random.Random(seed())) as made:
        await work(made)
        await backups.dump(made.postgres, tmp_path / "dump", without=VIEW_TABLES)
        await execute(made.dsn, "CREATE DATABASE restored")
        await backups.restore_dump(tmp_path / "dump", made.postgres, "restored")
        await execute(made.postgres.dsn("restored"), CHECKPOINTS)
        head = await made.store.recorder.head()
        assert await looked_through(made.postgres, made, head, "restored") == []


async def test_a_backup_from_before_an_erasure_does_not_bring_the_person_back(tmp_path: Path) -> None:
    async with site(tmp_path, random.Random(seed())) as made:
        person = await registered(made.store)
        await work(made, 50)
        head = await made.store.recorder.head()
        await backups.base_backup(made.postgres, tmp_path / "backup")
        await erase(made.store, person)
        register = [json.dumps({"person": str(id)}) for id, _ in await erased(made.store.pool)]
        restored = backups.restored_cluster(tmp_path / "backup", tmp_path / "restored")
        try:
            async with stored(restored.dsn()) as store:
                assert await columns_holding(store.pool, (NAME,)), "the backup holds the name: that is its nature"
                for line in register:  # as `tierce erase --replay` does
                    await erase(store, UUID(json.loads(line)["person"]))
            assert await looked_through(restored, made, head) == []
            async with open_pool(restored.dsn(), connections=2) as pool:
                assert await columns_holding(pool, (NAME, ADDRESS)) == set()
        finally:
            restored.stop()


async def test_keys_that_are_older_than_the_log_beside_them_are_deleted_at_the_start(tmp_path: Path) -> None:
    async with site(tmp_path, random.Random(seed())) as made:
        person = await registered(made.store)
        key = await made.store.pool.fetchval("SELECT key FROM person_keys WHERE person_id = $1", person)
        await erase(made.store, person)
        await made.store.pool.execute(
            "UPDATE person_keys SET key = $2, erased_at = NULL WHERE person_id = $1", person, key
        )
        async with stored(made.dsn) as store:
            assert await eraser(store).finish() == [person]
        assert await made.store.pool.fetchval("SELECT key FROM person_keys WHERE person_id = $1", person) is None


async def execute(dsn: str, statement: str) -> None:
    connection = await asyncpg.connect(dsn, timeout=10)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
