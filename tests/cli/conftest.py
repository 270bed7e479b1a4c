"""A house with a sealed log, for what is said about it from outside."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from auditing import KEY
from clock import MovableClock
from desk import MemoryDesk
from events.tree.heads import signed
from events.tree.sealer import Sealer
from sink import SmtpSink
from suppliers.people import VerifyAddress
from suppliers.person import Person
from suppliers.ports import SYSTEM
from workhouse import Workhouse, workhouse


async def answering(house: Workhouse) -> MemoryDesk:
    """A supplier whose contact has signed in."""
    desk, _ = await house.past()
    [contact] = [each for each in desk.held.values() if isinstance(each, Person) and each.supplier_id]
    desk.hand_in(VerifyAddress(person_id=contact.id), by=SYSTEM)
    return desk


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
        await made.keep(await answering(made))
        await sealer.seal()
        (tmp_path / "kept.txt").write_text(signed(KEY, size=sealer.size, root=sealer.root, at=clock.now()))
        await made.keep(await answering(made))
        await sealer.seal()
        await made.projector.catch_up()
        yield made
