"""`tierce views`, health and metrics say which view stands still."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from uuid import uuid4

import asyncpg
import httpx
import pytest
from typer.testing import CliRunner

from cli.front import front
from cli.health import Health
from cli.main import app
from cli.views import tell
from events.tree import telling
from events.tree.findings import Finding
from projections.standing import Standing, standings
from tests.cli.test_settings import RIGHT
from tests.projections.tallies import granted, log_of, registered, tallies
from tests.projections.test_projector import caught_up

ADA = uuid4()
EVENTS = log_of(registered(ADA), granted(ADA))
FINE = Standing("register", 2, 1, 1240, 0, 0.0)
STUCK = Standing(
    "renewals", 3, 2, 1233, 7, 60.0, event=1234, topic="Attestation.Renewed", error="ValueError: what is this?",
    since=datetime(2026, 11, 24, 10, 41, tzinfo=UTC), tries=3,
)  # fmt: skip


def test_each_view_is_a_line_and_each_standstill_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    tell([FINE, STUCK])
    lines = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert lines[1].split() == ["register", "2", "1", "1,240", "0", "follows"]
    assert lines[2].endswith("stands still")
    said = "\n".join(lines[3:])
    for part in ("since 2026-11-24 10:41:00", "event 1,234, Attestation.Renewed", "what is this?", "rebuild renewals"):
        assert part in said


async def test_the_command_ends_with_1_while_a_view_stands_still(
    pool: asyncpg.Pool, database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in (RIGHT | {"TIERCE_DATABASE_URL": database}).items():
        monkeypatch.setenv(name, value)
    await caught_up(pool, EVENTS, tallies("bad", stumbles_at={2}), tallies("good"))
    stuck = await asyncio.to_thread(CliRunner().invoke, app, ["views", "--json"])
    await caught_up(pool, EVENTS, tallies("bad"), tallies("good"))
    fine = await asyncio.to_thread(CliRunner().invoke, app, ["views"])
    assert (stuck.exit_code, fine.exit_code) == (1, 0)
    assert '"topic": "Person.RoleGranted"' in stuck.output and "follows" in fine.output


async def test_the_command_says_first_that_the_log_was_changed_and_ends_with_1(
    pool: asyncpg.Pool, database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in (RIGHT | {"TIERCE_DATABASE_URL": database}).items():
        monkeypatch.setenv(name, value)
    await caught_up(pool, EVENTS, tallies("good"))
    await telling.put(pool, Finding(1, "changed", "Changed: event 1 is not as it was."))
    seen = await asyncio.to_thread(CliRunner().invoke, app, ["views"])
    for_programs = await asyncio.to_thread(CliRunner().invoke, app, ["views", "--json"])
    assert (seen.exit_code, for_programs.exit_code) == (1, 1)
    first, *rest = seen.stdout.splitlines()
    assert "event 1 is not as it was" in first and "follows" in "".join(rest)
    assert [each["name"] for each in json.loads(for_programs.stdout)] == ["good"]
    assert "event 1 is not as it was" in for_programs.stderr


async def test_health_names_it_and_metrics_count_it_and_the_process_stays_ready(pool: asyncpg.Pool) -> None:
    await caught_up(pool, EVENTS, tallies("bad", stumbles_at={2}), tallies("good"))

    async def nothing() -> list[object]:
        return []

    health = Health([], nothing, [], partial(standings, pool))  # type: ignore[arg-type]
    transport = httpx.ASGITransport(app=front(health, pages=None))
    async with httpx.AsyncClient(transport=transport, base_url="http://tierce") as client:
        ready = await client.get("/health/ready")
        metrics = (await client.get("/metrics")).text
    assert (ready.status_code, ready.json()["stuck"]) == (200, ["bad"])
    assert ready.json()["views"]["bad"]["event"] == 2
    assert 'tierce_view_stuck{view="bad"} 1.0' in metrics and 'tierce_view_stuck{view="good"} 0.0' in metrics
    assert 'tierce_view_position{view="good"} 2.0' in metrics and "tierce_view_build{" in metrics
