"""What is asked of the audit trail; the latest comes first, `before` is the position of the last one seen."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from projections.activity.rows import VIEW, Entry
from projections.clauses import Clauses
from projections.reading import many
from projections.view import Row

if TYPE_CHECKING:
    from projections.storage import Reader


class Filters(Row):
    """What is looked for; empty = everything. `kinds` are names of aggregates, both days are included."""

    kinds: tuple[str, ...] = ()
    actor: UUID | None = None
    supplier_id: UUID | None = None
    since: date | None = None
    until: date | None = None


async def of_supplier(reader: Reader, supplier_id: UUID, *, before: int | None = None, limit: int = 50) -> list[Entry]:
    """What happened around a supplier."""
    return await page(reader, Filters(supplier_id=supplier_id), before=before, limit=limit)


async def page(
    reader: Reader, filters: Filters | None = None, *, before: int | None = None, limit: int = 50
) -> list[Entry]:
    """What happened, in the order in which it was recorded."""
    clauses = _conditions(filters or Filters())
    if before is not None:
        clauses.add("position < {}", before)
    statement = f"SELECT row::text FROM {VIEW.table} {clauses.where} ORDER BY position DESC LIMIT {int(limit)}"
    return await many(reader, VIEW, statement, *clauses.values)


def _conditions(filters: Filters) -> Clauses:
    clauses = Clauses()
    if filters.kinds:
        clauses.add("aggregate = ANY({})", list(filters.kinds))
    if filters.actor is not None:
        clauses.add("actor = {}", filters.actor)
    if filters.supplier_id is not None:
        clauses.add("supplier_id = {}", filters.supplier_id)
    if filters.since is not None:
        clauses.add("at >= {}", datetime.combine(filters.since, time(0, tzinfo=UTC)))
    if filters.until is not None:
        clauses.add("at < {}", datetime.combine(filters.until + timedelta(days=1), time(0, tzinfo=UTC)))
    return clauses
