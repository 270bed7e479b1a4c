"""Folding a view again from the first event."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from projections import storage
from projections.projector import Projector
from projections.view import View
from suppliers.ports import Feed

if TYPE_CHECKING:
    from projections.storage import Pool

BATCH = 5_000


class Stopped(Exception):
    """The view met an event that it cannot digest."""


async def rebuild(view: View[Any], feed: Feed, pool: Pool, progress: Callable[[int, int], None] | None = None) -> int:
    """Throw a view away and fold it again; `progress` hears position and head. Returns the position reached.

    Readers see it grow from nothing meanwhile. Building beside the live table and swapping needs only another
    table name here: everything below takes the table from the view.
    """
    async with pool.acquire() as connection:
        await storage.clear(connection, view)
    projector = Projector(feed, pool, [view], batch=BATCH)
    while await projector.step():
        if progress is not None:
            progress(projector.status[0].position, await feed.head())
    [status] = projector.status
    if status.error:
        raise Stopped(status.error)
    return status.position
