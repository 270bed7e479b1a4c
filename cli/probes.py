"""How each thing outside of this process is asked whether it answers."""

from __future__ import annotations

import asyncio
import json
from urllib.parse import urlsplit

import asyncpg

from migrations.run import HEAD

READABLE = "SELECT has_table_privilege('public.alembic_version', 'SELECT')"
REVISION = "SELECT version_num FROM public.alembic_version"
PORTS = {"nats": 4222, "tls": 4222, "smtp": 25, "smtps": 465, "smtp+starttls": 587}


class Unfit(Exception):
    """It answers, but not as it should."""


async def probe_postgres(pool: asyncpg.Pool) -> None:
    """The schema may be newer than we are while a new version is being rolled out, but not older."""
    try:
        revision = await pool.fetchval(REVISION) if await pool.fetchval(READABLE) else HEAD
    except asyncpg.UndefinedTableError:
        revision = None
    if revision is None or revision < HEAD:
        raise Unfit(f"the schema is at revision {revision} and has to be at {HEAD}: run tierce migrate")


async def probe_nats(url: str) -> None:
    """The server's first line says whether it has JetStream."""
    greeting = await _greeting(url.split(",")[0].strip())
    if not greeting.startswith(b"INFO "):
        raise Unfit("what listens there is not NATS")
    if not json.loads(greeting[5:]).get("jetstream"):
        raise Unfit("it runs without JetStream")


async def probe_smtp(url: str) -> None:
    greeting = await _greeting(url)
    if not greeting.startswith(b"220"):
        raise Unfit(f"it said {greeting[:60].decode(errors='replace').strip()!r}")


async def _greeting(url: str) -> bytes:
    parts = urlsplit(url)
    port = parts.port or PORTS[parts.scheme]
    tls = True if parts.scheme == "smtps" else None
    reader, writer = await asyncio.open_connection(parts.hostname, port, ssl=tls)
    try:
        return await reader.readline()
    finally:
        writer.close()
