"""Backups as docs/backups.md describes them, with PostgreSQL's own programs."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from cli.embedded.postgres import Postgres, _binary
from cli.embedded.rights import nobody


async def run(program: str, *arguments: str | Path, cluster: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        *(str(_binary(program, cluster)), *map(str, arguments)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    assert process.returncode == 0, said.decode()


async def base_backup(postgres: Postgres, target: Path) -> None:
    """The whole cluster, with the WAL that makes it consistent, while people work."""
    arguments = ("-D", target, "-d", postgres.dsn(), "-c", "fast", "-X", "stream")
    await run("pg_basebackup", *arguments, cluster=postgres.cluster)


async def dump(postgres: Postgres, target: Path, *, without: Sequence[str] = ()) -> None:
    """One consistent moment of the database; tables may be left out."""
    left_out = [f"--exclude-table={each}" for each in without]
    await run("pg_dump", "-Fc", "-f", target, *left_out, postgres.dsn(), cluster=postgres.cluster)


async def restore_dump(source: Path, postgres: Postgres, database: str) -> None:
    await run("pg_restore", "--exit-on-error", "-d", postgres.dsn(database), source, cluster=postgres.cluster)


def restored_cluster(backup: Path, folder: Path, settings: Sequence[str] = ()) -> Postgres:
    """A new server on a copy of a base backup."""
    postgres = Postgres(folder, settings=settings)
    folder.mkdir(parents=True)
    shutil.copytree(backup, postgres.cluster)
    if (user := nobody()) is not None:
        for path in (postgres.cluster, *postgres.cluster.rglob("*")):
            os.chown(path, user, -1)
    os.chmod(postgres.cluster, 0o700)
    postgres.start()
    postgres.wait()
    return postgres
