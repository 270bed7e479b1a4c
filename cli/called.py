"""Which supplier somebody means: by its id, by its whole name, or by words of it that no other has."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from cli.settings import Misconfigured
from projections import register
from projections.register.lines import sort_name

if TYPE_CHECKING:
    from projections.storage import Reader

BY_ID = f"SELECT key, name FROM {register.VIEW.table} WHERE key = $1"
BY_NAME = f"SELECT key, name FROM {register.VIEW.table} WHERE sort_name = $1 ORDER BY key LIMIT $2"
NAMED = 5
"""So many are named when several are meant."""


class Called(NamedTuple):
    id: UUID
    name: str


async def called(reader: Reader, text: str) -> Called:
    """The one that is meant; else a sentence says how to mean one."""
    found = await _meant(reader, text)
    if not found:
        raise Misconfigured([f"No supplier is called {text}: give its name as on the register, or its id."])
    if len(found) > 1:
        names = ", ".join(f"{each.name} ({each.id})" for each in found[:NAMED])
        more = " and others" if len(found) > NAMED else ""
        raise Misconfigured([f"Several suppliers are called {text}: {names}{more}. Give the whole name, or the id."])
    return found[0]


async def _meant(reader: Reader, text: str) -> list[Called]:
    """A whole name goes before words that others have too."""
    try:
        rows = await reader.fetch(BY_ID, str(UUID(text)))
    except ValueError:
        rows = await reader.fetch(BY_NAME, sort_name(text), NAMED + 1)
        if not rows and text.strip():
            page = await register.page(reader, register.Filters(search=text), limit=NAMED + 1)
            return [Called(each.line.id, each.line.name) for each in page.rows]
    return [Called(UUID(row["key"]), row["name"]) for row in rows]
