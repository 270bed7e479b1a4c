"""What is asked of the docket; names of suppliers come from the register."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from projections.docket.rows import VIEW, ReviewRow
from projections.names.rows import VIEW as NAMES
from projections.reading import by_key
from projections.register.lines import VIEW as REGISTER
from projections.sources import LIVE, Sources
from projections.view import Row

if TYPE_CHECKING:
    from projections.storage import Reader

ITEMS = """
SELECT r.row::text, s.name AS supplier_name, use.name AS use_title
  FROM {docket} AS r
  LEFT JOIN {register} AS s ON s.key = r.supplier_id::text
  LEFT JOIN {names} AS use ON use.key = r.row->>'use_id'
"""
OPEN = f"{ITEMS} WHERE r.state = 'tabled' ORDER BY coalesce(r.deferred_until > $1, false), r.tabled_at, r.key LIMIT $2"
DECIDED = f"""{ITEMS} WHERE r.decided_at IS NOT NULL
   AND ($1::timestamptz IS NULL OR (r.decided_at, r.key) < ($1, $2)) ORDER BY r.decided_at DESC, r.key DESC LIMIT $3"""
OF_SUPPLIER = f"{ITEMS} WHERE r.supplier_id = $1 ORDER BY r.tabled_at DESC, r.key"
CONDITIONS_DUE = f"{ITEMS} WHERE r.next_condition_on <= $1 ORDER BY r.next_condition_on, r.key LIMIT $2"


class Item(Row):
    """A review with the names of what it is about."""

    review: ReviewRow
    supplier_name: str
    use_title: str


async def of(reader: Reader, review_id: UUID) -> ReviewRow | None:
    return await by_key(reader, VIEW, review_id)


async def open_items(reader: Reader, today: date, *, limit: int = 100, sources: Sources = LIVE) -> list[Item]:
    """What waits for a decision, the oldest first; what is deferred beyond today comes last."""
    return await _items(reader, sources, OPEN, today, limit)


async def decided(
    reader: Reader, *, after: tuple[datetime, UUID] | None = None, limit: int = 50, sources: Sources = LIVE
) -> list[Item]:
    """What was decided, the latest first; `after` is (decided_at, id) of the last one seen."""
    at, id = after or (None, None)
    return await _items(reader, sources, DECIDED, at, str(id), limit)


async def of_supplier(reader: Reader, supplier_id: UUID) -> list[Item]:
    """All reviews about a supplier, the latest first."""
    return await _items(reader, LIVE, OF_SUPPLIER, supplier_id)


async def conditions_due(reader: Reader, until: date, *, limit: int = 100, sources: Sources = LIVE) -> list[Item]:
    """Decisions with an open condition due by a day, the most urgent first."""
    return await _items(reader, sources, CONDITIONS_DUE, until, limit)


async def _items(reader: Reader, sources: Sources, template: str, *given: object) -> list[Item]:
    statement = template.format(docket=sources.of(VIEW), register=sources.of(REGISTER), names=NAMES.table)
    return [
        Item(review=ReviewRow.model_validate_json(row), supplier_name=supplier or "", use_title=use or "")
        for row, supplier, use in await reader.fetch(statement, *given)
    ]
