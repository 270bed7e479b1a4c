"""Whose events: a supplier by id or name, and where they stand in the log."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from cli.settings import Misconfigured
from projections import activity, register, storage

BY_ID = f"SELECT key, name FROM {register.VIEW.table} WHERE key = $1"
BY_NAME = f"SELECT key, name FROM {register.VIEW.table} WHERE lower(name) = lower($1)"


class Subject(NamedTuple):
    id: UUID
    name: str


async def subject(connection: Any, named: str) -> Subject:
    """The one supplier that is called so."""
    try:
        found = await connection.fetch(BY_ID, str(UUID(named)))
    except ValueError:
        found = await connection.fetch(BY_NAME, named)
    if len(found) > 1:
        raise Misconfigured([f"Several suppliers are called {named}: {', '.join(row['key'] for row in found)}."])
    if not found:
        raise Misconfigured([f"No supplier is called {named}: give its name as on the register, or its id."])
    return Subject(UUID(found[0]["key"]), found[0]["name"])


async def positions(connection: Any, supplier: Subject, until: int) -> Sequence[int]:
    """By the index of the trail, which has to know all of the log up to there."""
    read = (await storage.positions(connection, [activity.VIEW]))[activity.VIEW.name]
    if read < until:
        raise Misconfigured([f"The trail knows {read} of {until} events: try again when it has caught up."])
    return list(await activity.positions_of(connection, [supplier.id], until))
