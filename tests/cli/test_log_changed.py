"""When the log was changed, people see it: on every page, in health and metrics, and from the doctor."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import pytest

from cli.compose import compose
from cli.front import front
from cli.health import Health
from cli.sealing.part import Sealing
from clock import MovableClock
from events.recorder import PostgresRecorder
from events.stored import Draft
from events.tree import telling
from events.tree.findings import Finding, LogChanged
from projections.log_change import log_changes
from projections.standing import Lookout
from suppliers.ports import Role
from tests.cli.test_sealing import settings
from tests.web.stage import Stage
from tests.web.test_signing_in import signed_in

BANNER = "The log was changed."
FOUND = Finding(1, "changed", "Changed: event 1 is not as it was.")
CHANGE, RESTORE = (
    f"SET session_replication_role = replica; UPDATE event_log SET recorded_at = recorded_at {by} WHERE position = 1"
    for by in ("+ interval '1 day'", "- interval '1 day'")
)


@asynccontextmanager
async def sealed(database: str, folder: Path) -> AsyncIterator[Sealing]:
    """By a role that stopped."""
    async with compose(settings(folder, database_url=database), name="test") as instance:
        sealing = Sealing(instance)
        await runs(sealing, folder)
        yield sealing


async def runs(sealing: Sealing, folder: Path) -> None:
    """Until a head is signed."""
    (folder / "heads").unlink(missing_ok=True)
    role = asyncio.create_task(sealing.run())
    while not (folder / "heads").exists():  # noqa: ASYNC110 - only the folder knows
        await asyncio.sleep(0.02)
    role.cancel()


async def stops(sealing: Sealing) -> None:
    with pytest.raises(LogChanged):
        await sealing.run()


def watched(pool: asyncpg.Pool, clock: MovableClock) -> Stage:
    """Its pages look at the log each time."""
    stage, lookout = Stage(pool, clock), Lookout(pool)

    async def changes() -> Any:
        lookout._looked = float("-inf")
        return await lookout.changes()

    stage.__dict__["services"] = replace(stage.services, log_changes=changes)
    return stage


async def test_above_every_page_until_the_log_is_as_it_was(
    database: str, pool: asyncpg.Pool, clock: MovableClock, tmp_path: Path
) -> None:
    stage = watched(pool, clock)
    await stage.staff("Dana Whitfield", Role.ADMINISTRATOR)
    async with sealed(database, tmp_path) as sealing:
        browser = await signed_in(stage)
        assert BANNER not in (await browser.get("/method")).text
        await pool.execute(CHANGE)
        await stops(sealing)
        for path in ("/method", "/suppliers", "/nowhere"):
            page = (await browser.get(path)).text
            assert BANNER in page and "event 1 (Person." in page and "tierce verify" in page, path
        await pool.execute(RESTORE)
        await runs(sealing, tmp_path)
        assert BANNER not in (await browser.get("/method")).text


async def test_who_does_not_run_it_is_told_whom_to_tell_and_vendors_are_told_nothing(
    pool: asyncpg.Pool, clock: MovableClock
) -> None:
    stage = watched(pool, clock)
    assessment = await stage.sent()
    await telling.put(pool, FOUND)
    page = (await (await signed_in(stage)).get("/method")).text
    assert BANNER in page and "tell whoever runs Tierce" in page and "tierce verify" not in page
    vendor = await stage.browser().get(stage.link(assessment), follow_redirects=True)
    assert vendor.status_code == 200 and BANNER not in vendor.text


async def test_a_finding_that_cannot_be_written_down_stops_the_sealer_all_the_same(
    database: str, pool: asyncpg.Pool, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await PostgresRecorder(pool).append([Draft(uuid4(), 1, "Boat.Sailed", b"{}")])
    async with sealed(database, tmp_path) as sealing:
        await pool.execute(CHANGE + "; ALTER TABLE log_findings ADD CONSTRAINT never CHECK (false)")
        await stops(sealing)
    assert "THE LOG WAS CHANGED" in caplog.text and "no page says" in caplog.text


async def test_health_names_it_and_the_process_stays_ready(pool: asyncpg.Pool) -> None:
    before, metric = await asked(pool)
    assert (before["problems"], before["log_changed"]) == ([], False) and "tierce_log_changed 0.0" in metric
    await telling.put(pool, FOUND)
    after, metric = await asked(pool)
    assert after["ready"] and after["log_changed"] and "tierce_log_changed 1.0" in metric
    assert after["problems"][0].startswith("THE LOG WAS CHANGED") and "event 1 is not" in after["problems"][0]


async def test_whether_the_log_was_changed_is_not_said_while_nobody_knows(pool: asyncpg.Pool) -> None:
    pool.terminate()
    after, metric = await asked(pool)
    assert after["log_changed"] is None and "\ntierce_log_changed" not in metric


async def asked(pool: asyncpg.Pool) -> tuple[dict[str, Any], str]:
    async def nothing() -> list[Any]:
        return []

    app = front(Health([], nothing, [], None, partial(log_changes, pool)), pages=None)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://tierce") as client:
        ready = await client.get("/health/ready")
        assert ready.status_code == 200
        return ready.json(), (await client.get("/metrics")).text
