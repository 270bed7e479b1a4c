"""What is asked of the audit trail; the latest comes first, `before` is the position of the last one seen.

It is read from the log, which knows streams, persons and kinds; the view says whose the streams are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from projections.activity.entries import Entry, Illegible, entry, illegible
from projections.activity.places import BEGAN, END, Filters, Search, Span
from projections.activity.rows import FIRST, VIEW
from projections.view import but
from suppliers.ports import Recorded

if TYPE_CHECKING:
    from datetime import datetime

    from projections.storage import Reader


OF_RECORD = """
SELECT position FROM public.event_log WHERE originator_id = $1 AND NOT topic = ANY($2)
 ORDER BY originator_version DESC LIMIT $3
"""
OF_SUPPLIERS = f"""
SELECT l.position, v.supplier_id FROM {BEGAN}
  JOIN public.event_log AS l ON l.originator_id = began.originator_id AND v.supplier_id = ANY($1::uuid[])
 WHERE l.position <= $2 AND ($3::text[] IS NULL OR l.topic = ANY($3)) ORDER BY l.position
"""
UNLISTED = f"""
SELECT l.position FROM public.event_log AS began
  JOIN public.event_log AS l ON l.originator_id = began.originator_id AND l.position <= $1
 WHERE began.position > coalesce({VIEW.position}, 0) AND began.position <= $1 AND began.originator_version = {FIRST}
 ORDER BY l.position
"""
MOST = 1000
"""Read at once, where many follow each other that do not belong to the time asked for."""


class Log(Protocol):
    """The log, read at positions."""

    async def legible(self, positions: Sequence[int]) -> tuple[Sequence[Recorded], Sequence[Illegible]]:
        """The facts there, and what cannot be read of them."""

    async def last_before(self, moment: datetime) -> int: ...


async def positions_of(
    reader: Reader, supplier_ids: Iterable[UUID], until: int, topics: Sequence[str] | None = None
) -> dict[int, UUID]:
    """Where something about these suppliers stands in the log, up to a position, and about whom; in order.

    The view knows no more streams than there were when it came to where it is.
    """
    found = await reader.fetch(OF_SUPPLIERS, list(supplier_ids), until, topics)
    return {position: id for position, id in found}  # noqa: C416


async def unlisted(reader: Reader, until: int) -> list[int]:
    """Where, up to a position, all that stands of which the view does not know yet whose it is."""
    return [position for (position,) in await reader.fetch(UNLISTED, until)]


async def of_supplier(
    reader: Reader, log: Log, supplier_id: UUID, *, before: int | None = None, limit: int = 50
) -> list[Entry]:
    """What happened around a supplier."""
    return await page(reader, log, Filters(supplier_id=supplier_id), before=before, limit=limit)


async def of_record(
    reader: Reader, log: Log, record_id: UUID, *, without: Sequence[str] = (), limit: int = 50
) -> list[Entry]:
    """What happened to one record, but for some kinds of facts."""
    return await _told(log, await reader.fetch(OF_RECORD, record_id, list(without), limit))


async def page(
    reader: Reader, log: Log, filters: Filters | None = None, *, before: int | None = None, limit: int = 50
) -> list[Entry]:
    """What happened, in the order in which it was recorded."""
    filters = filters or Filters()
    span, found, before, step = await _span(log, filters), list[Entry](), before or END, limit
    while len(found) < limit:
        search = Search(filters, span, before, step)
        places = await reader.fetch(search.statement, *search.values)
        found += [each for each in await _told(log, places, filters.supplier_id) if filters.covers(each.at)]
        if len(places) < step:
            break
        before, step = int(places[-1]["position"]), min(2 * step, MOST)
    return found[:limit]


async def _span(log: Log, filters: Filters) -> Span:
    """All that was recorded on those days."""
    begins, over = filters.begins, filters.day_over
    after = await log.last_before(begins) if begins else 0
    return Span(after, await log.last_before(over) if over else END - 1)


async def _told(log: Log, places: Sequence[Sequence[int]], supplier_id: UUID | None = None) -> list[Entry]:
    facts, others = await log.legible([position for (position,) in places])
    found = [*map(entry, facts), *map(illegible, others)]
    if supplier_id is not None:
        found = [each if each.supplier_id else but(each, supplier_id=supplier_id) for each in found]
    return sorted(found, key=lambda each: -each.position)
