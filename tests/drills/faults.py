"""What can happen to the machinery while people work."""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import suppress
from typing import cast

import asyncpg
import psutil

from cli.probes import probe_postgres
from projections import register
from suppliers.supplier import Supplier
from tests.drills.site import Site

VICTIMS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
 WHERE datname = current_database() AND pid <> pg_backend_pid() AND random() < 0.5
"""


def processes(site: Site) -> list[psutil.Process]:
    """The server and all of its processes."""
    server = psutil.Process(site.postgres.pid)
    return [server, *server.children(recursive=True)]


def signal_all(site: Site, number: signal.Signals) -> None:
    for process in processes(site):
        with suppress(psutil.NoSuchProcess):
            os.kill(process.pid, number)


async def kill_postgres(site: Site) -> None:
    """kill -9 of everything at once, as when the machine loses power but for what it already wrote."""
    signal_all(site, signal.SIGKILL)
    await start_again(site)


async def start_again(site: Site) -> None:
    site.postgres.start()
    await asyncio.to_thread(site.postgres.wait)


async def terminate_backends(site: Site) -> None:
    connection = await asyncpg.connect(site.dsn, timeout=10)
    try:
        await connection.execute(VICTIMS)
    finally:
        await connection.close()


async def freeze_postgres(site: Site, seconds: float = 8.0) -> None:
    """It keeps its connections and says nothing."""
    signal_all(site, signal.SIGSTOP)
    try:
        await asyncio.sleep(seconds)
    finally:
        signal_all(site, signal.SIGCONT)


async def cut_projector(site: Site) -> None:
    """It stops in the middle of whatever it did, and another one begins."""
    await site.cut_projectors()
    site.project()


async def spoil_a_fold(site: Site, seconds: float = 0.5) -> None:
    """For a while a view cannot digest one kind of event; then it was mended, and another projector begins."""
    digests = register.VIEW.digests
    digestion = digests[Supplier.Proposed]

    def failing(*_: object) -> None:
        raise ArithmeticError("a bug in a fold")

    cast(dict[object, object], digests)[Supplier.Proposed] = digestion._replace(fold=failing)
    try:
        await asyncio.sleep(seconds)
    finally:
        cast(dict[object, object], digests)[Supplier.Proposed] = digestion
    await cut_projector(site)


async def lose_an_answer(site: Site) -> None:
    """The next answer of the server is lost, and every connection with it: what was sent may have been done."""
    assert site.proxy is not None
    site.proxy.cut_next_answer = True
    await asyncio.sleep(site.chance.uniform(0.1, 0.4))


async def take_all_connections(site: Site, seconds: float = 12.0) -> None:
    """Somebody keeps what the pool has, for longer than anybody waits for one."""
    pool, taken = site.store.pool, []
    try:
        with suppress(TimeoutError):
            while True:
                taken.append(await pool.acquire(timeout=1))
        with suppress(TimeoutError):
            await probe_postgres(pool)
            raise AssertionError("a process without a free connection says that it is ready")
        await asyncio.sleep(seconds)
    finally:
        for connection in taken:
            await pool.release(connection)


async def fill_the_disk(site: Site) -> None:
    """Until nothing is accepted any more; then somebody makes room, and starts the server if it gave up."""
    ballast = site.folder / "ballast"
    descriptor = os.open(ballast, os.O_WRONLY | os.O_CREAT)
    try:
        with suppress(OSError):
            while True:
                os.write(descriptor, b"x" * 65536)
        await _nothing_accepted(site)
    finally:
        os.close(descriptor)
        ballast.unlink()
    if not site.postgres.running:
        await start_again(site)


async def _nothing_accepted(site: Site) -> None:
    for _ in range(300):
        before = site.load.acknowledged
        await asyncio.sleep(1.0)
        if site.load.acknowledged == before and site.load.failures:
            return
    raise AssertionError("a full disk accepts everything")
