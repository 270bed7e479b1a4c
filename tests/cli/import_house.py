"""An instance to import into, and the command as a person types it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import asyncpg
import pytest
from typer.testing import CliRunner, Result

from cli.clock import SystemClock
from cli.main import app
from cli.store import open_store
from projections import people, register
from projections.projector import Projector
from suppliers.people import HANDLERS, RegisterStaff
from suppliers.ports import SYSTEM, Role

GOOD = (
    "name,country,contact_name,contact_email,owner_email,sanctions_clean,model_name,data_source_name\n"
    "Acme,DE,Ann,ann@acme.example,olga@us.example,yes,Lynx,Maps\n"
    "Béta Works,FR,,,,,,\n"
)
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


@pytest.fixture(name="house")
async def importing_house(database: str, pool: asyncpg.Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    for name, value in environment(database).items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    house = House(database, pool, tmp_path)
    await house.staffed()
    return house


def environment(dsn: str) -> dict[str, str]:
    return {
        "TIERCE_DATABASE_URL": dsn,
        "TIERCE_NATS_URL": "nats://127.0.0.1:1",
        "TIERCE_SMTP_URL": "smtp://127.0.0.1:1",
        "TIERCE_SECRET_KEY": "k" * 40,
        "TIERCE_BASE_URL": "http://127.0.0.1:1",
        "TIERCE_SENDER": "us@example.com",
    }
