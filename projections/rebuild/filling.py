"""Folded rows put into a build's tables, which are new and have no index yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from projections.layout import Build, kept_of_days
from projections.rebuild.copying import copied
from projections.rebuild.folding import Folding
from projections.rebuild.words import Record, Words, finished
from projections.view import View

if TYPE_CHECKING:
    from projections.storage import Connection

PATIENCE = 600.0


async def fill(connection: Connection, folding: Folding, build: Build) -> None:
    """Everything a view has folded. What is copied is not on disk for sure when this returns."""
    view, words = folding.view, Words(folding.view)
    rows = {key: finished(view, key, row) for key, row in folding.rows.items()} if view.completes else folding.rows
    kept = {key: words.of(row) for key, row in rows.items()}
    if folding.days is not None:
        names = ["key", "day", "until", "first", "last", *kept_of_days(view)]
        await _put(connection, view, build.days, names, list(folding.days.told(folding.rows, kept)))
    names = ["key", *(each.name for each in view.columns), "row"]
    await _put(connection, view, build.table, names, [(key, *record) for key, record in kept.items()])


async def _put(
    connection: Connection, view: View[Any], table: str, names: Sequence[str], made: Sequence[Record]
) -> None:
    records = copied(view, names, made)
    await connection.copy_records_to_table(table, records=records, columns=names, timeout=PATIENCE)
