"""Is this process alive, is it ready, and what is behind: what a load balancer and an operator ask."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from cli.readers import Lag
from cli.supervisor import Role
from projections.log_change import LogChange
from projections.standing import Standing

T = TypeVar("T")

PROBE_TIME = 2.0  # seconds
FRESH = 1.0  # seconds: however many ask, the dependencies are asked once


@dataclass(frozen=True)
class Dependency:
    """Something outside this process. Without a required one no request can be answered; others are caught up on."""

    name: str
    probe: Callable[[], Awaitable[None]]
    required: bool


@dataclass(frozen=True)
class Found:
    """What a probe found."""

    name: str
    ok: bool
    required: bool
    milliseconds: float
    error: str


@dataclass(frozen=True)
class Report:
    dependencies: Sequence[Found]
    readers: Sequence[Lag]
    roles: Sequence[Role]
    views: Sequence[Standing] = ()
    log_changes: Sequence[LogChange] | None = None
    """None where that is not known."""

    @property
    def ready(self) -> bool:
        return all(found.ok for found in self.dependencies if found.required)

    def as_json(self) -> dict[str, Any]:
        return {
            "ready": self.ready,
            "problems": [change_said(change) for change in self.log_changes or ()],
            "log_changed": bool(self.log_changes) if self.log_changes is not None else None,
            "stuck": [view.name for view in self.views if view.stuck],
            "dependencies": {found.name: asdict(found) for found in self.dependencies},
            "readers": {lag.name: asdict(lag) for lag in self.readers},
            "views": {view.name: view_as_json(view) for view in self.views},
            "roles": {role.name: _shown(role) for role in self.roles},
        }


class Health:
    """Asks on demand; made once by the composition."""

    def __init__(
        self,
        dependencies: Sequence[Dependency],
        readers: Callable[[], Awaitable[Sequence[Lag]]],
        roles: Sequence[Role],
        views: Callable[[], Awaitable[Sequence[Standing]]] | None = None,
        log_changes: Callable[[], Awaitable[Sequence[LogChange]]] | None = None,
    ) -> None:
        self._dependencies, self._readers, self._roles = dependencies, readers, roles
        self._views, self._log_changes = views, log_changes
        self._asking = asyncio.Lock()
        self._last: Report | None = None
        self._asked = 0.0

    async def report(self) -> Report:
        async with self._asking:
            if self._last is None or time.monotonic() - self._asked > FRESH:
                self._last, self._asked = await self._ask(), time.monotonic()
            return self._last

    async def _ask(self) -> Report:
        found = await asyncio.gather(*(probe(dependency) for dependency in self._dependencies))
        lags, views, changes = await asyncio.gather(
            _answer(self._readers), _answer(self._views), _answer(self._log_changes)
        )
        return Report(found, lags or (), self._roles, views or (), changes)


async def _answer(ask: Callable[[], Awaitable[Sequence[T]]] | None) -> Sequence[T] | None:
    """None when the database does not answer: its own probe says why."""
    try:
        return None if ask is None else await asyncio.wait_for(ask(), PROBE_TIME)
    except Exception:
        return None


async def probe(dependency: Dependency) -> Found:
    """Ask once, with patience."""
    started, error = time.monotonic(), ""
    try:
        await asyncio.wait_for(dependency.probe(), PROBE_TIME)
    except TimeoutError:
        error = f"no answer within {PROBE_TIME:.0f} s"
    except Exception as failure:
        error = f"{type(failure).__name__}: {failure}"
    took = round((time.monotonic() - started) * 1000, 1)
    return Found(dependency.name, not error, dependency.required, took, error)


def change_said(change: LogChange) -> str:
    """For operators; `tierce doctor` says it, too."""
    return f"THE LOG WAS CHANGED, nothing is sealed since {change.since:%Y-%m-%d %H:%M:%S %Z}: {change.sentence}"


def _shown(role: Role) -> dict[str, Any]:
    return {"state": role.state, "since": role.since.isoformat(), "restarts": role.restarts, "error": role.error}


def view_as_json(view: Standing) -> dict[str, Any]:
    """As `tierce views --json` says it, too."""
    since = view.since.isoformat() if view.since else None
    return {**asdict(view), "seconds": round(view.seconds, 3), "stuck": view.stuck, "since": since}
