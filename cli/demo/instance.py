"""The instance a command works on: the running one, the one the environment names, or a data folder nobody runs."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import SecretStr

from cli.embedded.folder import DataFolder
from cli.embedded.postgres import Postgres
from cli.place import DEFAULT_DATA, settings_of
from cli.settings import Settings

NOWHERE = "nats://127.0.0.1:4222", "smtp://127.0.0.1:25"
"""Nothing is sent while a folder is filled, so neither server is needed."""


@contextmanager
def instance_of(data: Path | None) -> Iterator[Settings]:
    """For a folder that nobody runs, its own PostgreSQL runs as long as this."""
    running = DataFolder(data or DEFAULT_DATA).announced()
    if running or (data is None and "TIERCE_DATABASE_URL" in os.environ):
        yield settings_of(data)
        return
    folder = DataFolder(data or DEFAULT_DATA)
    folder.hold()
    postgres = Postgres(folder.path / "postgres")
    try:
        postgres.start()
        postgres.wait()
        yield _prepared(folder, postgres)
    finally:
        postgres.stop()
        folder.release()


def _prepared(folder: DataFolder, postgres: Postgres) -> Settings:
    from cli.up import APPLICATION, SENDER, prepare_database

    asyncio.run(prepare_database(postgres.dsn()))
    nats_url, smtp_url = NOWHERE
    return Settings(
        database_url=postgres.dsn(user=APPLICATION),
        nats_url=nats_url,
        smtp_url=smtp_url,
        secret_key=SecretStr(folder.secret()),
        base_url=f"http://127.0.0.1:{folder.recall('port') or 8000}",
        sender=SENDER,
    )
