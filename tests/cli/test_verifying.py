"""`tierce verify` and `tierce export dossier`, and an auditor who has nothing but the file, the key and Python."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID
from zipfile import ZipFile

import pytest
from typer.testing import CliRunner, Result

from cli import dossier
from cli.main import app
from clock import MovableClock
from events.tree.heads import signed
from events.tree.notes import PrivateKey, new_key
from events.tree.sealer import Sealer
from sink import SmtpSink
from suppliers.supplier import Supplier
from workhouse import Workhouse, workhouse

SCRIPT = Path(dossier.__file__).with_name("verify_dossier.py")
FREE = "SET session_replication_role = replica;"
KEY = new_key("risk.meridian.example/tierce")


@pytest.fixture
async def house(
    database: str, smtp_sink: SmtpSink, clock: MovableClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Workhouse]:
    """A supplier with a past, sealed, in two sittings: a head was signed and kept after the first."""
    settings = {
        "DATABASE_URL": database, "NATS_URL": "nats://nowhere", "SMTP_URL": smtp_sink.url,
        "SECRET_KEY": "for-tests-only-for-tests-only-for-tests-only", "BASE_URL": "https://risk.meridian.example",
        "SENDER": "Meridian <risk@meridian.example>", "SIGNING_KEY": str(tmp_path / "signing.key"),
    }  # fmt: skip
    for name, value in settings.items():
        monkeypatch.setenv(f"TIERCE_{name}", value)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "signing.key").write_text(str(KEY))
    (tmp_path / "signing.pub").write_text(str(KEY.public))
    async with workhouse(database, smtp_sink.url, clock) as made:
        sealer = Sealer(made.store.pool)
        await made.keep((await made.past())[0])
        await sealer.seal()
        (tmp_path / "kept.txt").write_text(signed(KEY, size=sealer.size, root=sealer.root, at=clock.now()))
        await made.keep((await made.past())[0])
        await sealer.seal()
        await made.projector.catch_up()
        yield made


async def run(*arguments: str) -> Result:
    """The command, in a thread since it has an event loop of its own."""
    return await asyncio.to_thread(CliRunner().invoke, app, list(arguments))


async def test_an_untouched_log_is_verified_with_the_head_that_was_kept(house: Workhouse) -> None:
    found = await run("verify", "--since", "kept.txt")
    assert found.exit_code == 0, found.output
    assert "none was changed, removed, inserted or moved" in found.output
    assert "1 signed heads agree" in found.output


async def test_the_first_event_that_was_changed_is_named_and_the_exit_code_is_1(house: Workhouse) -> None:
    await house.store.pool.execute(FREE + "UPDATE event_log SET actor = NULL WHERE position = 4")
    found = await run("verify")
    assert found.exit_code == 1
    assert "THE LOG WAS CHANGED. Changed: event 4 (" in found.output


async def test_a_tail_cut_off_together_with_its_seals_is_found_by_the_head_alone(house: Workhouse) -> None:
    await house.store.pool.execute(FREE + "DELETE FROM log_seals; DELETE FROM event_log WHERE position > 3")
    assert (await run("verify")).exit_code == 0
    found = await run("verify", "--since", "kept.txt")
    assert found.exit_code == 1
    assert "The log has 3 events, and on" in found.output


async def test_a_head_that_somebody_else_signed_convinces_nobody(house: Workhouse, tmp_path: Path) -> None:
    other = new_key(KEY.name)
    (tmp_path / "kept.txt").write_text(signed(other, size=1, root=b"r" * 32, at=house.clock.now()))
    found = await run("verify", "--since", "kept.txt")
    assert found.exit_code == 1
    assert "bears no signature of a key that is known here" in found.output


async def test_erasing_a_person_leaves_the_tree_as_it_was(house: Workhouse) -> None:
    persons = await house.store.pool.fetch("SELECT person_id FROM person_keys")
    assert persons
    for row in persons:
        await house.store.keyring.erase(row["person_id"])
    assert (await run("verify", "--since", "kept.txt")).exit_code == 0


async def test_the_events_of_one_supplier_are_proven(house: Workhouse) -> None:
    supplier = await supplier_of(house)
    found = await run("verify", "--supplier", str(supplier))
    assert found.exit_code == 0, found.output
    assert "are among the first" in found.output
    assert "No supplier is called Nobody" in (await run("verify", "--supplier", "Nobody")).output
    first = "SELECT min(position) FROM event_log WHERE originator_id = $1"
    position = await house.store.pool.fetchval(first, supplier)
    await house.store.pool.execute(FREE + f"UPDATE event_log SET topic = 'x' WHERE position = {position}")
    assert f"event {position} (x" in (await run("verify", "--supplier", str(supplier))).output


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
    save_as_mail(tmp_path / "kept.txt", tmp_path / "kept.eml")
    assert (await audit("it.zip", "--head", "kept.eml")) == (0, said_without_events(said))
    assert (await run("verify", "--since", "kept.eml")).exit_code == 0
    assert (await audit("it.zip", key=new_key(KEY.name)))[0] == 1
    assert (await run("export", "key")).output.strip() == str(KEY.public)


async def test_any_byte_of_an_event_that_was_changed_is_found_by_the_script(
    house: Workhouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    await run("export", "dossier", str(await supplier_of(house)), "-o", "it.zip")
    script = load(monkeypatch)
    with ZipFile("it.zip") as file:
        events = file.read("events.bin")
        assert script(file, events) == 0
        for at in range(0, len(events), 1 + len(events) // 400):
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


def save_as_mail(head: Path, file: Path) -> None:
    """As a mail program saves it: in transfer encoding, with a second form."""
    mail = EmailMessage()
    mail.set_content(head.read_text())
    mail.add_alternative("<p>Please keep this</p>", subtype="html")
    file.write_bytes(mail.as_bytes())


def said_without_events(said: str) -> str:
    return "".join(line for line in said.splitlines(keepends=True) if not line.startswith("{"))


async def supplier_of(house: Workhouse) -> UUID:
    statement = "SELECT originator_id FROM event_log WHERE topic = $1 LIMIT 1"
    return UUID(str(await house.store.pool.fetchval(statement, Supplier.Proposed.TOPIC)))


async def audit(file: str, *arguments: str, key: PrivateKey = KEY) -> tuple[int, str]:
    """In a Python that finds nothing of ours."""
    command = [sys.executable, "-I", str(SCRIPT), file, "--key", str(key.public), *arguments]
    done = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, timeout=30)
    return done.returncode, done.stdout + done.stderr


def load(monkeypatch: pytest.MonkeyPatch) -> Callable[[ZipFile, bytes], object]:
    """The script's check in this process, with other events in the file."""
    from cli.dossier import verify_dossier

    class Changed:
        def __init__(self, file: ZipFile, events: bytes) -> None:
            self.file, self.events = file, events

        def read(self, name: str) -> bytes:
            return self.events if name == "events.bin" else self.file.read(name)

    def check(file: ZipFile, events: bytes) -> object:
        try:
            return verify_dossier.check(Changed(file, events), str(KEY.public), "", False)  # type: ignore[arg-type]
        except (SystemExit, Exception) as refused:
            return repr(refused)

    return check


def repack(source: str, target: str, name: str, change: Callable[[bytes], bytes]) -> None:
    with ZipFile(source) as before, ZipFile(target, "w") as after:
        for each in before.namelist():
            after.writestr(each, change(before.read(each)) if each == name else before.read(each))
