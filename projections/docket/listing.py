"""All questions to the council, decided or not, the latest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from projections.clauses import Clauses
from projections.docket.rows import VIEW, ReviewRow
from projections.sources import LIVE, Sources
from suppliers.review import ReviewState

if TYPE_CHECKING:
    from projections.storage import Reader

LISTED = "SELECT r.row::text FROM {docket} AS r {where} ORDER BY r.tabled_at DESC, r.key DESC LIMIT {limit}"


class Listed(NamedTuple):
    """Some of the list; `after` leads to the next page, None = this is the last."""

    rows: Sequence[ReviewRow]
    after: str | None


async def listed(
    reader: Reader,
    *,
    state: ReviewState | None = None,
    supplier_id: UUID | None = None,
    after: str | None = None,
    limit: int = 50,
    sources: Sources = LIVE,
) -> Listed:
    """By when they were tabled."""
    clauses = Clauses()
    if state is not None:
        clauses.add("r.state = {}", state.value)
    if supplier_id is not None:
        clauses.add("r.supplier_id = {}", supplier_id)
    if after is not None:
        key, _, at = after.partition("|")
        clauses.add("(r.tabled_at, r.key) < ({}::timestamptz, {})", datetime.fromisoformat(at), key)
    statement = LISTED.format(docket=sources.of(VIEW), where=clauses.where, limit=int(limit) + 1)
    found = [ReviewRow.model_validate_json(row) for (row,) in await reader.fetch(statement, *clauses.values)]
    last = found[limit - 1] if len(found) > limit else None
    return Listed(found[:limit], f"{last.id}|{last.tabled_at.isoformat()}" if last else None)
