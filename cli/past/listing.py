"""Printing a list as of a moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import typer

from cli.past.lists import SHAPES, Asked, Entry
from cli.tables import printed, table

AT_ONCE = 200


async def listed(asked: Asked, *, limit: int, as_json: bool, title: str) -> None:
    """So many of it; that there is more is said."""
    shape = SHAPES[asked.name]
    entries: list[Entry] = []
    after: str | None = None
    while len(entries) < limit:
        page = await shape.page(asked, after, min(AT_ONCE, limit - len(entries)))
        entries += page.entries
        if (after := page.after) is None:
            break
    if as_json:
        printed(entries)
    else:
        names = await _names(asked, entries)
        cells = [[_cell(each, path, names) for path in shape.columns.values()] for each in entries]
        table(list(shape.columns), cells, title=f"{len(entries)} {asked.name.value.replace('-', ' ')} as of {title}")
    if after is not None:
        typer.echo("There is more: give a higher --limit.", err=True)


async def _names(asked: Asked, entries: Sequence[Entry]) -> dict[str, str]:
    """What the suppliers were called."""
    from projections.asof.naming import called

    ids = {UUID(each["supplier_id"]) for each in entries if each.get("supplier_id")}
    return {str(id): name for id, name in (await called(asked.instance.pool, ids, asked.moment)).items()}


def _cell(entry: Entry, path: str, names: dict[str, str]) -> object:
    value: Any = entry
    for name in path.split("."):
        value = value[name]
    if path == "supplier_id":
        return names.get(value, value)
    return f"{datetime.fromisoformat(value):%Y-%m-%d %H:%M}" if path in TIMES and value else value


TIMES = frozenset({"at", "recorded_at", "since", "tabled_at"})
