"""Everything that was on the record as of a moment, or had happened by then, the latest recorded first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections import activity
from projections.activity import Entry, Filters
from projections.asof.moment import Axis, Moment
from projections.asof.reader import Archive
from projections.view import but

if TYPE_CHECKING:
    from projections.storage import Reader


async def trail(
    reader: Reader, archive: Archive, moment: Moment, filters: Filters, *, before: int | None = None, limit: int = 50
) -> list[Entry]:
    """What was known: all up to a position. What was true: all that had happened, however late it was recorded."""
    upto = moment.position + 1
    before = upto if before is None else min(before, upto)
    if moment.axis is Axis.TRUE:
        filters = but(filters, happened_before=moment.until)
    return await activity.page(reader, archive, filters, before=before, limit=limit)
