"""What is asked of the audit trail; the latest comes first, `before` is the position of the last one seen.

The view says which facts are meant, the log what they are: it is read at their positions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from projections.activity.entries import Entry, entry
from projections.activity.rows import VIEW
from projections.clauses import Clauses
from projections.view import Row
from suppliers.ports import Recorded

if TYPE_CHECKING:
    from projections.storage import Reader


OF_RECORD = f"""
SELECT kept.position FROM {VIEW.table} AS kept JOIN public.event_log AS log ON log.position = kept.position
 WHERE kept.supplier_id = $1 AND log.originator_id = $2 AND NOT log.topic = ANY($3)
 ORDER BY kept.position DESC LIMIT $4
"""


OF_SUPPLIERS = f"""
SELECT position, supplier_id FROM {VIEW.table}
 WHERE supplier_id = ANY($1::uuid[]) AND position <= $2 ORDER BY position
"""


class Log(Protocol):
    """The log, read at positions."""

    async def at(self, positions: Sequence[int]) -> Sequence[Recorded]: ...


class Filters(Row):
    """What is looked for; empty = everything. `kinds` are names of aggregates, both days are included, the moment of
    `happened_before` is not. `late` are facts that we knew of on another day than they happened."""

    kinds: tuple[str, ...] = ()
    actor: UUID | None = None
    supplier_id: UUID | None = None
    since: date | None = None
    until: date | None = None
    happened_before: datetime | None = None
    late: bool = False


async def positions_of(reader: Reader, supplier_ids: Iterable[UUID], until: int) -> dict[int, UUID]:
    """Where something about these suppliers stands in the log, up to a position, and about whom; in order.

    The view knows no more of the log than it has come to.
    """
    found = await reader.fetch(OF_SUPPLIERS, list(supplier_ids), until)
    return {row["position"]: UUID(str(row["supplier_id"])) for row in found}


async def of_supplier(
    reader: Reader, log: Log, supplier_id: UUID, *, before: int | None = None, limit: int = 50
) -> list[Entry]:
    """What happened around a supplier."""
    return await page(reader, log, Filters(supplier_id=supplier_id), before=before, limit=limit)


async def of_record(
    reader: Reader, log: Log, supplier_id: UUID, record_id: UUID, *, without: Sequence[str] = (), limit: int = 50
) -> list[Entry]:
    """What happened to one record of a supplier, but for some kinds of facts."""
    return await _told(log, await reader.fetch(OF_RECORD, supplier_id, record_id, list(without), limit))


async def page(
    reader: Reader, log: Log, filters: Filters | None = None, *, before: int | None = None, limit: int = 50
) -> list[Entry]:
    """What happened, in the order in which it was recorded."""
    clauses = _conditions(filters or Filters())
    if before is not None:
        clauses.add("position < {}", before)
    statement = f"SELECT position FROM {VIEW.table} {clauses.where} ORDER BY position DESC LIMIT {int(limit)}"
    return await _told(log, await reader.fetch(statement, *clauses.values))


async def _told(log: Log, found: Sequence[Sequence[int]]) -> list[Entry]:
    facts = await log.at([position for (position,) in found])
    return [entry(each) for each in sorted(facts, key=lambda each: -each.position)]


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
    if filters.happened_before is not None:
        clauses.add("at < {}", filters.happened_before)
    if filters.late:
        clauses.add("late")
    return clauses
