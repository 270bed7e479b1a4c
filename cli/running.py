"""One process at work: the chosen roles under a supervisor, with health at its door."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from functools import partial

from starlette.types import ASGIApp

from cli.compose import compose
from cli.front import front, serve
from cli.health import Health
from cli.memory import settle_soon
from cli.pages import pages_of
from cli.parts import Run, parts
from cli.readers import lags
from cli.settings import Settings
from cli.supervisor import Supervisor
from cli.watchdog import Watchdog
from projections.log_change import log_changes
from projections.standing import standings

ROLES = ("web", "projector", "relay", "workers", "timekeeper", "sealer")


async def run(
    settings: Settings,
    *,
    roles: Sequence[str],
    listener: socket.socket,
    opened: Callable[[], None],
    more: Mapping[str, Run] | None = None,
    mailbox: ASGIApp | None = None,
    hosts: Sequence[str] = ("*",),
) -> None:
    """Until a signal. A process without pages has a door too: health is asked for there."""
    watchdog = Watchdog()
    watchdog.watch(asyncio.get_running_loop())
    supervisor = Supervisor()
    supervisor.heed_signals()
    async with AsyncExitStack() as closing:
        instance = await closing.enter_async_context(compose(settings, name=f"tierce {'+'.join(roles)}"[:63]))
        pool = instance.store.pool
        asked = partial(lags, pool), supervisor.roles, partial(standings, pool), partial(log_changes, pool)
        health = Health(instance.dependencies, *asked)
        pages = pages_of(instance) if "web" in roles else None
        if pages:
            await closing.enter_async_context(pages.router.lifespan_context(pages))
        app = front(health, pages=pages, mailbox=mailbox, hosts=hosts)
        supervisor.add("web" if "web" in roles else "health", lambda: serve(app, listener, opened))
        chosen = [named for role, named in parts(instance).items() if role in roles]
        for name, part in [*(each for named in chosen for each in named.items()), *(more or {}).items()]:
            supervisor.add(name, part)
        settle_soon()
        await supervisor.run()
    watchdog.stop()
