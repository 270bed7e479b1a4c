"""Reading the rows of a view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.view import R, View

if TYPE_CHECKING:
    from projections.storage import Reader


async def many(reader: Reader, view: View[R], statement: str, *given: object) -> list[R]:
    """The rows that a statement selects as `row`."""
    return [view.row_type.model_validate_json(found["row"]) for found in await reader.fetch(statement, *given)]


async def one(reader: Reader, view: View[R], statement: str, *given: object) -> R | None:
    """The first row that a statement selects as `row`."""
    found = await reader.fetchrow(statement, *given)
    return None if found is None else view.row_type.model_validate_json(found["row"])


async def by_key(reader: Reader, view: View[R], key: object) -> R | None:
    """The row under a key."""
    return await one(reader, view, f"SELECT row::text FROM {view.table} WHERE key = $1", str(key))
