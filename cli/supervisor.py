"""Roles side by side in one process: one that crashes is started again, and all stop together in time."""

from __future__ import annotations

import asyncio
import logging
import random
import signal
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from events.checkpoints import CheckpointMoved

log = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
STEADY = 60.0  # seconds of running after which earlier crashes are forgotten
FAREWELL = 1.2  # seconds the roles get to finish what they hold


@dataclass
class Role:
    """A part that runs until it is cancelled. If it ends by itself, that is a crash too."""

    name: str
    run: Callable[[], Awaitable[None]]
    state: Literal["starting", "running", "crashed", "stopped"] = "starting"
    since: datetime = field(default_factory=lambda: datetime.now(UTC))
    restarts: int = 0
    error: str = ""

    def became(self, state: Literal["running", "crashed", "stopped"], error: str = "") -> None:
        self.state, self.error, self.since = state, error, datetime.now(UTC)


class Supervisor:
    """Runs the roles until `stop` is called or a signal arrives."""

    def __init__(self, roles: Sequence[Role] = ()) -> None:
        self.roles = list(roles)
        self._stopping = asyncio.Event()

    def add(self, name: str, run: Callable[[], Awaitable[None]]) -> None:
        self.roles.append(Role(name, run))

    def stop(self) -> None:
        self._stopping.set()

    @property
    def stopping(self) -> bool:
        return self._stopping.is_set()

    def heed_signals(self) -> None:
        """Ctrl-C and SIGTERM stop in order."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self.stop)

    async def run(self) -> None:
        tasks = [asyncio.create_task(self._keep(role), name=role.name) for role in self.roles]
        try:
            await self._stopping.wait()
        finally:
            self.stop()
            await _finish(tasks)

    async def _keep(self, role: Role) -> None:
        loop = asyncio.get_running_loop()
        crashes = 0
        while not self.stopping:  # a cancellation can get lost on its way, behind a failure to leave what is away
            started = loop.time()
            try:
                role.became("running")
                await role.run()
                role.became("crashed", "it ended by itself")
            except asyncio.CancelledError:
                role.became("stopped")
                raise
            except CheckpointMoved:  # by `tierce demo`, say, which has told all of its past by then
                log.warning("role %s goes on from where somebody else moved its place in the log", role.name)
            except Exception as failure:
                role.became("crashed", f"{type(failure).__name__}: {failure}")
                log.exception("role %s crashed", role.name)
            crashes = 1 if loop.time() - started > STEADY else crashes + 1
            role.restarts += 1
            await asyncio.sleep(pause(crashes))


def pause(crashes: int) -> float:
    """Longer with every crash in a row, and spread, so that many processes do not come back at the same moment."""
    return min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** (crashes - 1)) * random.uniform(0.75, 1.25)


async def _finish(tasks: Sequence[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    if tasks:
        _, late = await asyncio.wait(tasks, timeout=FAREWELL)
        for task in late:
            log.warning("role %s did not stop in time", task.get_name())
