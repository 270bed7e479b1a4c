"""An auditor with a Python of their own, and the house whose dossiers they are given."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID
from zipfile import ZipFile

import pytest
from typer.testing import CliRunner, Result

from cli import dossier
from cli.main import app
from events.tree.notes import PrivateKey, new_key
from suppliers.supplier import Supplier
from workhouse import Workhouse

SCRIPT = Path(dossier.__file__).with_name("verify_dossier.py")
KEY = new_key("risk.meridian.example/tierce")


async def run(*arguments: str) -> Result:
    """The command, in a thread since it has an event loop of its own."""
    return await asyncio.to_thread(CliRunner().invoke, app, list(arguments))


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


def save_as_mail(head: Path, file: Path) -> None:
    """As a mail program saves it: in transfer encoding, with a second form."""
    mail = EmailMessage()
    mail.set_content(head.read_text())
    mail.add_alternative("<p>Please keep this</p>", subtype="html")
    file.write_bytes(mail.as_bytes())


def said_without_events(said: str) -> str:
    return "".join(line for line in said.splitlines(keepends=True) if not line.startswith("{"))
