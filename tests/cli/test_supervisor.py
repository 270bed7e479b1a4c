"""Roles that crash come back, and all stop together in time."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from cli import supervisor as module
from cli.supervisor import Supervisor, pause
from cli.watchdog import Watchdog
from events.checkpoints import CheckpointMoved


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FIRST_PAUSE", 0.01)


async def test_a_role_that_crashes_is_started_again_and_shows_why() -> None:
    supervisor, runs = Supervisor(), 0

    async def shaky() -> None:
        nonlocal runs
        runs += 1
        if runs < 3:
            raise RuntimeError("no luck")
        supervisor.stop()
        await asyncio.sleep(60)

    supervisor.add("shaky", shaky)
    await asyncio.wait_for(supervisor.run(), 5)
    (role,) = supervisor.roles
    assert (role.restarts, role.state) == (2, "stopped")


async def test_while_it_is_down_the_reason_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FIRST_PAUSE", 60)
    supervisor = Supervisor()

    async def broken() -> None:
        raise ValueError("what is wrong")

    supervisor.add("broken", broken)
    running = asyncio.create_task(supervisor.run())
    await asyncio.sleep(0.05)
    assert supervisor.roles[0].state == "crashed"
    assert supervisor.roles[0].error == "ValueError: what is wrong"
    supervisor.stop()
    await asyncio.wait_for(running, 5)


async def test_a_role_whose_place_in_the_log_somebody_else_moved_goes_on_from_there(
    caplog: pytest.LogCaptureFixture,
) -> None:
    supervisor = Supervisor()

    async def moved() -> None:
        if not supervisor.roles[0].restarts:
            raise CheckpointMoved("relay")
        supervisor.stop()
        await asyncio.sleep(60)

    supervisor.add("relay", moved)
    await asyncio.wait_for(supervisor.run(), 5)
    assert [each.levelname for each in caplog.records] == ["WARNING"]
    assert supervisor.roles[0].error == ""


async def test_a_role_that_fails_rather_than_stops_is_not_started_again() -> None:
    supervisor, runs = Supervisor(), 0

    async def stubborn() -> None:
        nonlocal runs
        runs += 1
        supervisor.stop()
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            if runs == 1:
                raise RuntimeError("NATS is away, so there is no leaving it") from None
            raise

    supervisor.add("stubborn", stubborn)
    await asyncio.wait_for(supervisor.run(), 5)
    await asyncio.sleep(0.05)
    assert (runs, supervisor.roles[0].state) == (1, "crashed")


async def test_a_role_that_ends_by_itself_is_started_again() -> None:
    supervisor = Supervisor()

    async def short() -> None:
        if supervisor.roles[0].restarts == 2:
            supervisor.stop()
            await asyncio.sleep(60)

    supervisor.add("short", short)
    await asyncio.wait_for(supervisor.run(), 5)
    assert supervisor.roles[0].restarts == 2


async def test_a_role_that_does_not_want_to_stop_does_not_hold_up_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FAREWELL", 0.1)
    supervisor, freed = Supervisor(), asyncio.Event()

    async def stubborn() -> None:
        while not freed.is_set():
            try:
                await freed.wait()
            except asyncio.CancelledError:
                continue

    supervisor.add("stubborn", stubborn)
    running = asyncio.create_task(supervisor.run())
    await asyncio.sleep(0.01)
    supervisor.stop()
    await asyncio.wait_for(running, 1)
    freed.set()


def test_the_pause_grows_and_has_an_end() -> None:
    assert pause(1) < pause(6) < pause(9)
    assert pause(50) <= module.LONGEST_PAUSE * 1.25


async def test_the_watchdog_ends_a_process_whose_loop_hangs() -> None:
    ended = threading.Event()
    watchdog = Watchdog(limit=25, beat=0.02, end=ended.set)
    watchdog.watch(asyncio.get_running_loop())
    await asyncio.sleep(0.2)
    assert not ended.is_set()
    time.sleep(1.2)  # noqa: ASYNC251 (this is the hang)
    assert ended.is_set()
    watchdog.stop()
