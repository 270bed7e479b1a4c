"""An import is recorded whole or not at all, and once however often it is run."""

from __future__ import annotations

import asyncio
import csv
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest
from typer.testing import CliRunner, Result

from cli.clock import SystemClock
from cli.importing import instance
from cli.main import app
from cli.store import open_store
from processes import ROOT
from projections import people, register
from projections.projector import Projector
from suppliers.people import HANDLERS, RegisterStaff
from suppliers.ports import SYSTEM, Role

GOOD = (
    "name,country,contact_name,contact_email,owner_email,sanctions_clean,model_name,data_source_name\n"
    "Acme,DE,Ann,ann@acme.example,olga@us.example,yes,Lynx,Maps\n"
    "Béta Works,FR,,,,,,\n"
)
APPEND_LOCK = 8388347322922500097
WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
NAMES = "SELECT convert_from(state, 'UTF8')::jsonb->'details'->>'name' FROM event_log WHERE topic = 'Supplier.Proposed'"


class House:
    """An instance whose projector runs when it is told to, and the command as a person types it."""

    def __init__(self, dsn: str, pool: asyncpg.Pool, folder: Path) -> None:
        self.dsn, self.pool, self.folder = dsn, pool, folder

    async def staffed(self) -> None:
        async with open_store(self.dsn, handlers=HANDLERS, clock=SystemClock()) as store:
            for name, role in (("olga", Role.PROCUREMENT), ("axel", Role.AUDITOR)):
                order = RegisterStaff(name=name, email=f"{name}@us.example", roles=frozenset({role}))
                await store.office.issue(order, actor=SYSTEM)
        await self.projected()

    async def projected(self) -> None:
        async with open_store(self.dsn, handlers={}, clock=SystemClock()) as store:
            await Projector(store.feed, store.pool, (register.VIEW, people.VIEW)).catch_up()

    def file(self, content: str | bytes, name: str = "in.csv") -> Path:
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    async def run(self, *arguments: str | Path) -> Result:
        words = ["import", "suppliers", *map(str, arguments)]
        return await asyncio.to_thread(CliRunner().invoke, app, words)

    async def suppliers(self) -> list[str]:
        return sorted(row[0] for row in await self.pool.fetch(NAMES))

    async def events(self) -> int:
        return int(await self.pool.fetchval("SELECT count(*) FROM event_log"))


@pytest.fixture
async def house(database: str, pool: asyncpg.Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    for name, value in _environment(database).items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    house = House(database, pool, tmp_path)
    await house.staffed()
    return house


def _environment(dsn: str) -> dict[str, str]:
    return {
        "TIERCE_DATABASE_URL": dsn,
        "TIERCE_NATS_URL": "nats://127.0.0.1:1",
        "TIERCE_SMTP_URL": "smtp://127.0.0.1:1",
        "TIERCE_SECRET_KEY": "k" * 40,
        "TIERCE_BASE_URL": "http://127.0.0.1:1",
        "TIERCE_SENDER": "us@example.com",
    }


async def test_a_good_file_is_recorded_and_shown_in_the_register(house: House) -> None:
    result = await house.run(house.file(GOOD))
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Imported 2 suppliers (1 ready for onboarding), 1 contacts, 1 models, 1 data sources." in result.stdout
    await house.projected()
    rows = await house.pool.fetch(
        f"SELECT name, standing, row->>'models' AS n FROM {register.VIEW.table} ORDER BY name"
    )
    assert [tuple(row) for row in rows] == [("Acme", "onboarding", "1"), ("Béta Works", "proposed", "0")]


async def test_the_whole_file_is_one_command_on_the_log_by_the_system_or_in_someones_name(house: House) -> None:
    await house.run(house.file("name\nAcme\nBeta\n"))
    await house.projected()
    await house.run(house.file("name\nGamma\n"), "--as", "Olga@us.example")
    olga = await people.staff_by_email(house.pool, "olga@us.example")
    rows = await house.pool.fetch(
        "SELECT actor, count(*) AS n, count(DISTINCT command_id) AS commands, min(correlation_id) AS why "
        "FROM event_log WHERE topic = 'Supplier.Proposed' GROUP BY actor ORDER BY n DESC"
    )
    assert olga is not None
    assert [(row["actor"], row["n"], row["commands"]) for row in rows] == [(UUID(int=0), 2, 1), (olga.id, 1, 1)]
    assert all(row["why"].startswith("import:") for row in rows)


async def test_who_may_not_import_imports_nothing(house: House) -> None:
    for who in ("axel@us.example", "nobody@us.example"):  # an auditor only reads
        result = await house.run(house.file(GOOD), "--as", who)
        assert result.exit_code == 1 and who in result.stderr
    assert await house.suppliers() == []


async def test_a_dry_run_says_what_would_happen_and_records_nothing(house: House) -> None:
    before = await house.events()
    result = await house.run(house.file(GOOD), "--dry-run")
    assert result.exit_code == 0 and "2 suppliers (1 ready for onboarding)" in result.stdout
    assert await house.events() == before


async def test_one_wrong_row_keeps_the_whole_file_out(house: House) -> None:
    before = await house.events()
    file = house.file(GOOD + "Gamma,Germany,,,,,,\n")
    for result in (await house.run(file), await house.run(file, "--dry-run")):
        assert result.exit_code == 1
        assert "Line 4, country, “Germany”: Write DE." in result.stdout and "Nothing was imported" in result.stdout
    assert await house.events() == before


async def test_the_same_file_again_records_nothing_twice(house: House) -> None:
    file = house.file(GOOD)
    await house.run(file)
    before = await house.events()
    again = await house.run(file)  # the register has not even heard of the first
    assert again.exit_code == 0 and "imported before" in again.stdout
    assert await house.events() == before


async def test_what_the_register_holds_is_not_imported_from_another_file(house: House) -> None:
    await house.run(house.file(GOOD))
    await house.projected()
    other = house.file("name\nACME GmbH\nDelta\n")
    refused = await house.run(other)
    assert refused.exit_code == 1 and "Same name as Acme (in the register)" in refused.stdout
    assert await house.suppliers() == ["Acme", "Béta Works"]
    assert (await house.run(other, "--allow-duplicates")).exit_code == 0
    assert await house.suppliers() == ["ACME GmbH", "Acme", "Béta Works", "Delta"]


async def test_a_register_that_is_behind_the_log_is_not_trusted(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instance, "BEHIND", 0.2)
    await house.run(house.file(GOOD))
    result = await house.run(house.file("name\nAcme\n"))
    assert result.exit_code == 1 and "has not caught up" in result.stderr


async def test_the_rows_to_correct_are_written_without_formulas_and_can_come_back(house: House) -> None:
    wrong = house.folder / "wrong.csv"
    file = house.file('name,country,provenance\n"=HYPERLINK(""x"")",XX,+49\n-Fine,DE,\n@Beta,YY,"\t=1"\n')
    result = await house.run(file, "--errors", wrong)
    assert result.exit_code == 1 and "2 rows to correct" in result.stdout
    header, *rows = list(csv.reader(wrong.read_text("utf-8-sig").splitlines()))
    assert header == ["name", "country", "provenance", "problem"]
    assert [row[:3] for row in rows] == [['\'=HYPERLINK("x")', "XX", "'+49"], ["'@Beta", "YY", "'\t=1"]]
    assert "Line 2, country" in rows[0][3] and "data_source_name" in rows[0][3]
    corrected = wrong.read_text("utf-8-sig").replace("XX", "DE").replace("YY", "FR").replace("provenance", "note")
    assert (await house.run(house.file(corrected))).exit_code == 0
    assert await house.suppliers() == ['=HYPERLINK("x")', "@Beta"]


async def test_the_file_of_errors_never_overwrites_the_file_itself(house: House) -> None:
    file = house.file("name,country\nAcme,XX\n")
    assert (await house.run(file, "--errors", file)).exit_code == 2
    assert file.read_text() == "name,country\nAcme,XX\n"


async def test_a_second_import_at_the_same_time_is_asked_to_wait(house: House) -> None:
    async with instance.opened(house.dsn, house.pool):
        result = await house.run(house.file(GOOD))
    assert result.exit_code == 1 and "Another import is under way" in result.stderr
    assert (await house.run(house.file(GOOD))).exit_code == 0


async def test_killed_while_recording_a_second_run_leaves_every_supplier_there_once(house: House) -> None:
    names = [f"Supplier {each:03}x{each * 7919}" for each in range(300)]
    file = house.file("name\n" + "\n".join(names) + "\n")
    async with house.pool.acquire() as blocking, blocking.transaction():
        await blocking.execute(f"SELECT pg_advisory_xact_lock({APPEND_LOCK})")
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "cli", "import", "suppliers", file, "--allow-duplicates"),
            cwd=house.folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        while not await house.pool.fetchval(WAITING):
            assert process.returncode is None
            await asyncio.sleep(0.05)
        process.kill()
        await process.wait()
        assert await house.suppliers() == []
    await _eventually(lambda: house.run(file, "--allow-duplicates"))
    assert await house.suppliers() == sorted(names)


async def _eventually(run: Callable[[], Awaitable[Result]]) -> None:
    """The dead process' lock goes when its server process notices."""
    for _ in range(50):
        result = await run()
        if result.exit_code == 0:
            return
        assert "Another import" in result.stderr or "has not caught up" in result.stderr
        await asyncio.sleep(0.1)
    pytest.fail(result.output)
