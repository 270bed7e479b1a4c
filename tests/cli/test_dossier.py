"""`tierce export dossier`, and an auditor who has nothing but the file, the key and Python."""

from __future__ import annotations

import io
import json
from pathlib import Path
from uuid import UUID
from zipfile import ZipFile

import pytest

from auditing import KEY, SCRIPT, audit, load, repack, run, said_without_events, save_as_mail, supplier_of
from cli.dossier.offering import offered
from cli.settings import settings_from_environment
from events.tree.notes import new_key
from web.pages.supplier.dossier import NoDossier
from web.services import Extract
from workhouse import Workhouse


async def test_an_auditor_verifies_a_dossier_with_one_script_and_the_key(house: Workhouse, tmp_path: Path) -> None:
    exported = await run("export", "dossier", str(await supplier_of(house)), "-o", "it.zip", "--since", "kept.txt")
    assert exported.exit_code == 0, exported.output
    with ZipFile("it.zip") as file:
        assert file.read("verify_dossier.py") == SCRIPT.read_bytes()
        assert "Northwind" in file.read("read-me-first.html").decode()
        assert "priya@northwind" not in "".join(file.read(name).decode(errors="replace") for name in file.namelist())
    code, said = await audit("it.zip", "--head", "kept.txt", "--print")
    assert code == 0, said
    assert "Consistent: the log begins with" in said
    assert "Proven: each of the" in said and "Not proven: that these are all." in said
    assert '"topic": "Supplier.Proposed"' in said
    assert '"topic": "Person.AddressVerified"' in said
    save_as_mail(tmp_path / "kept.txt", tmp_path / "kept.eml")
    assert (await audit("it.zip", "--head", "kept.eml")) == (0, said_without_events(said))
    assert (await run("verify", "--since", "kept.eml")).exit_code == 0
    assert (await audit("it.zip", key=new_key(KEY.name)))[0] == 1
    assert (await run("export", "key")).output.strip() == str(KEY.public)


async def test_a_head_that_was_not_signed_here_is_refused_and_not_left_out(house: Workhouse, tmp_path: Path) -> None:
    kept, supplier = tmp_path / "kept.txt", str(await supplier_of(house))
    other = kept.read_text().replace("\n1", "\n2", 1)
    for wrong, said in ((other, "bears no signature"), ("nothing", "no signed head")):
        (tmp_path / "other.txt").write_text(wrong)
        refused = await run("export", "dossier", supplier, "-o", "it.zip", "--since", "other.txt")
        assert refused.exit_code == 1 and said in refused.stderr, refused.output
        assert not (tmp_path / "it.zip").exists()


async def test_any_byte_of_an_event_that_was_changed_is_found_by_the_script(
    house: Workhouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    await run("export", "dossier", str(await supplier_of(house)), "-o", "it.zip")
    script = load(monkeypatch)
    with ZipFile("it.zip") as file:
        events = file.read("events.bin")
        assert script(file, events) == 0
        for at in range(0, len(events), 1 + len(events) // 120):
            for bit in (0, 7):
                changed = bytearray(events)
                changed[at] ^= 1 << bit
                assert script(file, bytes(changed)) != 0, at
        assert script(file, events[:-1]) != 0
        assert script(file, events + b"\0") != 0


async def test_a_dossier_whose_parts_were_exchanged_is_not_proven(house: Workhouse) -> None:
    await run("export", "dossier", str(await supplier_of(house)), "-o", "it.zip")

    def other_name(said: bytes) -> bytes:
        changed = json.loads(said)
        changed["supplier"]["id"] = str(UUID(int=1))
        return json.dumps(changed).encode()

    for name, change in (
        ("head.txt", lambda said: said.replace(b"\n2", b"\n3", 1)),
        ("dossier.json", other_name),
        ("dossier.json", lambda said: said.replace(b'"proofs": [[', b'"proofs": [[], [', 1)),
        ("events.bin", lambda said: b""),
    ):
        repack("it.zip", "changed.zip", name, change)
        code, said = await audit("changed.zip")
        assert code == 1 and "NOT PROVEN" in said, (name, said)
    assert "made without that head" in (await audit("it.zip", "--head", "kept.txt"))[1]


async def test_the_pages_offer_the_same_file_or_say_why_there_is_none(house: Workhouse) -> None:
    made = offered(settings_from_environment())
    assert made is not None
    with ZipFile(io.BytesIO(await made(await supplier_of(house), None))) as file:
        assert b"proofs" in file.read("dossier.json")
    with pytest.raises(NoDossier) as refused:
        await made(UUID(int=1), None)
    assert refused.value.advice.startswith("No supplier is called")


async def test_a_dossier_of_the_past_holds_what_counted_then_and_is_proven(house: Workhouse, tmp_path: Path) -> None:
    made = offered(settings_from_environment())
    assert made is not None
    supplier = await supplier_of(house)
    first = await house.store.pool.fetchval("SELECT min(position) FROM event_log WHERE originator_id = $1", supplier)
    extract = Extract(frozenset(range(first + 1)), "2026-03-14")
    (tmp_path / "then.zip").write_bytes(await made(supplier, extract))
    code, said = await audit("then.zip", "--print")
    assert code == 0 and "Proven: each of the" in said
    assert '"topic": "Supplier.Proposed"' in said and "Person.AddressVerified" not in said
    with ZipFile("then.zip") as file:
        assert "what\ncounted as of 2026-03-14" in file.read("read-me-first.html").decode()


async def test_a_dossier_of_the_past_is_exported_by_the_command_as_well(house: Workhouse, tmp_path: Path) -> None:
    supplier = await supplier_of(house)
    first = await house.store.pool.fetchval("SELECT min(position) FROM event_log WHERE originator_id = $1", supplier)
    exported = await run("export", "dossier", str(supplier), "-o", "then.zip", "--as-of", str(first))
    assert exported.exit_code == 0 and "then.zip: 1 event." in exported.output, exported.output
    code, said = await audit("then.zip", "--print")
    assert code == 0 and '"topic": "Supplier.Proposed"' in said
    early = await run("export", "dossier", str(supplier), "-o", "never.zip", "--as-of", str(first - 1))
    assert early.exit_code and "not on the record then" in early.stderr and not (tmp_path / "never.zip").exists()
    alone = await run("export", "dossier", str(supplier), "-o", "never.zip", "--true")
    assert alone.exit_code and "--as-of" in alone.stderr
