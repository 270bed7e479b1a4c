"""Which event a view cannot digest, kept where every process can see it; it may be thrown away."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from projections import storage

if TYPE_CHECKING:
    from projections.storage import Connection, Reader

TABLE = """
CREATE TABLE IF NOT EXISTS view_troubles (
    view     text        PRIMARY KEY,
    version  integer     NOT NULL,
    position bigint      NOT NULL,
    event    bigint      NOT NULL,
    topic    text        NOT NULL,
    error    text        NOT NULL,
    since    timestamptz NOT NULL DEFAULT now(),
    tried    timestamptz NOT NULL DEFAULT now(),
    tries    integer     NOT NULL DEFAULT 1
)"""
PUT = """
INSERT INTO view_troubles AS kept (view, version, position, event, topic, error)
SELECT * FROM unnest($1::text[], $2::integer[], $3::bigint[], $4::bigint[], $5::text[], $6::text[])
ON CONFLICT (view) DO UPDATE SET
    version = excluded.version, position = excluded.position, event = excluded.event, topic = excluded.topic,
    error = excluded.error, tried = now(),
    since = CASE WHEN kept.event = excluded.event THEN kept.since ELSE now() END,
    tries = CASE WHEN kept.event = excluded.event THEN kept.tries + 1 ELSE 1 END
"""
CLEAR = "DELETE FROM view_troubles WHERE view = ANY($1)"
KNOWN = "SELECT view FROM view_troubles"

LONGEST = 500
"""Characters of an error: it may quote what it was about."""


class Trouble(NamedTuple):
    """A view stands at a position, for it cannot digest the event after it."""

    view: str
    version: int
    position: int
    event: int
    topic: str
    error: str


async def prepare(connection: Connection) -> None:
    async with connection.transaction():
        await connection.execute(storage.ALONE)
        await connection.execute(TABLE)


async def known(reader: Reader) -> set[str]:
    """The views of which one is written down."""
    return {row["view"] for row in await reader.fetch(KNOWN)}


async def put(reader: Reader, troubles: Iterable[Trouble]) -> None:
    """Told again it counts as another try."""
    cut = [each._replace(error=each.error.replace("\0", "")[:LONGEST]) for each in troubles]
    await reader.execute(PUT, *(list(column) for column in zip(*cut, strict=True)))


async def clear(reader: Reader, views: Iterable[str]) -> None:
    await reader.execute(CLEAR, list(views))
