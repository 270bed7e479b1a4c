"""Everything that was on the record as of a moment, or had happened by then, the latest recorded first."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from projections import activity
from projections.activity import Entry, Filters
from projections.asof.moment import DAY, Axis, Moment
from projections.asof.reader import Archive
from projections.view import but

if TYPE_CHECKING:
    from projections.storage import Reader


async def trail(
    reader: Reader, archive: Archive, moment: Moment, filters: Filters, *, before: int | None = None, limit: int = 50
) -> list[Entry]:
    """What was known: all up to a position. What was true: all that had happened, however late it was recorded."""
    place = min(before or moment.position + 1, moment.position + 1)
    if moment.axis is Axis.KNOWN:
        return await activity.page(reader, archive, filters, before=place, limit=limit)
    happened = but(filters, happened_before=moment.until)
    that_day = await archive.last_before(datetime.combine(moment.day + DAY, time(0, tzinfo=UTC)))
    found = await _late(reader, archive, happened, that_day, place, limit) if place > that_day + 1 else []
    if len(found) < limit:
        place = min(place, that_day + 1)
        found += await activity.page(reader, archive, happened, before=place, limit=limit - len(found))
    return found


async def _late(
    reader: Reader, archive: Archive, happened: Filters, after: int, before: int, limit: int
) -> list[Entry]:
    """Of what was recorded on later days only the late: the few are found without looking at all that came since."""
    late = await activity.page(reader, archive, but(happened, late=True), before=before, limit=limit)
    return [each for each in late if each.position > after]
