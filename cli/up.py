"""`tierce up`: a whole instance of one's own, from one folder."""

from __future__ import annotations

import asyncio
import importlib
import os
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cli.embedded.folder import DataFolder
from cli.embedded.servers import Servers

if TYPE_CHECKING:
    from cli.embedded.maildrop import Maildrop
    from cli.settings import Settings

PROMISE = 2.6  # seconds from Ctrl-C to the end
SENDER = "Supplier risk <risk@tierce.localhost>"
APPLICATION = "tierce_runtime"
"""The database role that the application works as: it may append to the log, and not change it."""

HEAVY = ("cli.running", "cli.embedded.mailbox_pages", "cli.embedded.mailbox", "uvloop")

CREATE_ROLE = f"""
DO $$ BEGIN
    IF to_regrole('{APPLICATION}') IS NULL THEN CREATE ROLE {APPLICATION} LOGIN; END IF;
END $$
"""


def up(
    data: Path,
    *,
    port: int | None,
    company: str,
    smtp: str | None = None,
    demo: bool = False,
    say: Callable[[str], None],
) -> None:
    """Hold the folder, start the servers while Python reads its modules, then run until Ctrl-C."""
    _check(smtp)
    folder = DataFolder(data)
    folder.hold()
    reading = threading.Thread(target=_read_modules, daemon=True)
    reading.start()
    servers = Servers(folder.path)
    try:
        servers.start()
        reading.join()
        import uvloop

        uvloop.run(_instance(folder, servers, port, company, smtp, demo, say))
    finally:
        servers.stop()
        folder.release()


def _check(smtp: str | None) -> None:
    if smtp:
        from cli.settings import MEANING, SCHEMES, Misconfigured

        if not smtp.startswith(SCHEMES["smtp_url"]):
            raise Misconfigured([f"--smtp names {MEANING['smtp_url']}."])


def _read_modules() -> None:
    for module in HEAVY:
        importlib.import_module(module)


def _configure_logs() -> None:
    from cli.logs import configure_logs

    configure_logs()


async def _instance(
    folder: DataFolder,
    servers: Servers,
    port: int | None,
    company: str,
    smtp: str | None,
    demo: bool,
    say: Callable[[str], None],
) -> None:
    from cli.door import door_of
    from cli.embedded.mailbox_pages import mailbox_app
    from cli.embedded.maildrop import Maildrop
    from cli.front import LOOPBACK
    from cli.running import ROLES, run

    door = door_of(folder, port)
    drop = Maildrop(folder.path / "mail")

    def opened() -> None:
        threading.Thread(target=_configure_logs, daemon=True).start()  # a quarter of a second nobody has to wait for
        mails = urlsplit(smtp).hostname if smtp else None
        for line in door.opened(mails=mails or f"{door.url}/mailbox", data=folder.path):
            say(line)

    await prepare_database(servers.postgres.dsn())
    async with _mail_server(drop) as own_url:
        settings = _settings(folder, servers, smtp or own_url, door.url, company, mailbox=not smtp)
        if demo:
            await _fill(settings, say)
        folder.announce(_facts(settings))
        await run(
            settings,
            roles=ROLES,
            listener=door.listener,
            opened=opened,
            more={"servers": partial(_keep, servers)},
            mailbox=None if smtp else mailbox_app(drop),
            hosts=LOOPBACK,
        )


async def _keep(servers: Servers) -> None:
    """Until we are told to stop; then a person waits no longer than promised. What was accepted is on disk by then,
    and servers that are still at it end with us."""
    try:
        await servers.keep()
    except asyncio.CancelledError:
        ending = threading.Timer(PROMISE, os._exit, (0,))
        ending.daemon = True
        ending.start()
        raise


async def _fill(settings: Settings, say: Callable[[str], None]) -> None:
    """Before anyone follows the log: what the demo's past asked for was done in its past."""
    from cli.demo.filling import fill_when_empty

    await fill_when_empty(settings, say=say)


async def prepare_database(owner: str) -> None:
    import asyncpg

    from migrations import migrate

    connection = await asyncpg.connect(owner, timeout=10)
    try:
        await connection.execute(CREATE_ROLE)
    finally:
        await connection.close()
    await migrate(owner, runtime_role=APPLICATION)


@asynccontextmanager
async def _mail_server(drop: Maildrop) -> AsyncIterator[str]:
    from cli.embedded.mailbox import MailServer

    server = MailServer(drop)
    await server.start()
    try:
        yield server.url
    finally:
        await server.stop()


def _settings(
    folder: DataFolder, servers: Servers, smtp_url: str, base_url: str, company: str, *, mailbox: bool
) -> Settings:
    from pydantic import SecretStr

    from cli.settings import Settings

    return Settings(
        database_url=servers.postgres.dsn(user=APPLICATION),
        owner_url=servers.postgres.dsn(),
        nats_url=servers.nats.url,
        smtp_url=smtp_url,
        secret_key=SecretStr(folder.secret()),
        base_url=base_url,
        sender=SENDER,
        company=company,
        mailbox=mailbox,
        mail_folder=folder.path / "mail",
        signing_key=folder.path / "signing.key",
        heads_file=folder.path / "heads",
        demo=True,
    )


def _facts(settings: Settings) -> dict[str, object]:
    """What another command needs to work on this instance while it runs."""
    facts = settings.model_dump(mode="json")
    return {**facts, "secret_key": settings.secret_key.get_secret_value(), "pid": os.getpid()}
