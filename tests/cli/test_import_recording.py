"""An import is recorded whole or not at all, by whom it says, and never twice."""

from __future__ import annotations

import csv
from uuid import UUID

import pytest

from cli.importing import instance
from import_house import GOOD, House
from import_house import importing_house as importing_house
from projections import people, register


async def test_a_good_file_is_recorded_and_shown_in_the_register(house: House) -> None:
    result = await house.run(house.file(GOOD))
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Imported 2 suppliers (1 ready for onboarding), 1 contacts, 1 models, 1 data sources." in result.stdout
    await house.projected()
    rows = await house.pool.fetch(
        f"SELECT name, standing, coalesce(row::json->>'models', '0') AS n FROM {register.VIEW.table} ORDER BY name"
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
