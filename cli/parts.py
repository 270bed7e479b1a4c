"""What runs without a person, by role; heavy modules are read when their role starts, after the web."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from cli.bookmarks import Bookmarks
from cli.sealing.part import Sealing
from events.locks import singleton

if TYPE_CHECKING:
    from cli.compose import Instance

Run = Callable[[], Awaitable[None]]


def parts(instance: Instance) -> Mapping[str, Mapping[str, Run]]:
    """Role -> its parts by name. `alone` means: in one process of all at a time."""
    alone, read = partial(_alone, instance.store.dsn), Reading()
    return {
        "projector": {
            "projector": alone("projector", partial(_project, instance)),
            "builder": alone("builder", partial(_build, instance)),
        },
        "relay": {"relay": alone("relay", partial(_relay, instance, read))},
        "workers": {
            "workers": partial(_work, instance, read),
            "sweeper": alone("sweeper", partial(_sweep, instance, read)),
        },
        "timekeeper": {"timekeeper": alone("timekeeper", partial(_keep_time, instance))},
        "sealer": {"sealer": alone("sealer", Sealing(instance).run)},
    }


def _alone(dsn: str, name: str, run: Run) -> Run:
    async def one_at_a_time() -> None:
        async with singleton(dsn, name):
            await run()

    return one_at_a_time


async def _project(instance: Instance) -> None:
    await instance.projector.run(asyncio.Event())


async def _build(instance: Instance) -> None:
    from cli.whole_log import whole_log
    from projections.all import VIEWS
    from projections.rebuild.renewing import keep_current

    store = instance.store
    await keep_current(VIEWS, store.feed, store.pool, whole_log(store.dsn))


async def _keep_time(instance: Instance) -> None:
    from workers.timekeeper import Timekeeper

    await Timekeeper(instance.store.pool, instance.workroom.shop, instance.store.feed, instance.waiting).run()


async def _relay(instance: Instance, read: Reading) -> None:
    await read("workers.relay")
    from cli.jetstream import jetstream
    from workers.relay import Relay

    async with jetstream(instance.settings, "relay") as stream:
        bookmarks = Bookmarks(instance.store.pool)
        await Relay(instance.store.feed, stream, bookmarks, replicas=instance.settings.nats_replicas).run()


async def _work(instance: Instance, read: Reading) -> None:
    await read("workers.broker")
    from cli.jetstream import jetstream
    from workers import broker

    async with jetstream(instance.settings, "consumers") as stream:
        built = broker.build(instance.settings.nats_url, instance.store.feed, instance.workroom.shop)
        await broker.run(built, stream, replicas=instance.settings.nats_replicas)


async def _sweep(instance: Instance, read: Reading) -> None:
    await read("workers.sweeper")
    from workers.sweeper import Sweeper

    room = instance.workroom
    await Sweeper(instance.store.feed, room.ledger, Bookmarks(instance.store.pool), room.shop).run()


class Reading:
    """Large modules are read in a thread, or all else would stop, and one by one: two threads in one package may end up
    waiting for each other, which Python refuses."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()

    async def __call__(self, module: str) -> None:
        async with self._turn:
            await asyncio.to_thread(importlib.import_module, module)
