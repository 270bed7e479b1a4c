"""Views that another release built are built again as this one has them, while everything else goes on."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from projections import builds, storage, troubles
from projections.builds import LARGE
from projections.rebuild.building import Stopped, Underway, rebuild_all
from projections.rebuild.source import Source
from projections.troubles import Trouble
from projections.view import View
from suppliers.ports import Feed

if TYPE_CHECKING:
    from projections.storage import Pool

log = logging.getLogger(__name__)

LOOK, AGAIN = 30.0, 120.0
"""Seconds between two looks, and after a failure: an event that cannot be digested waits for a better release."""
SOON = 2.0


async def keep_current(views: Sequence[View[Any]], feed: Feed, pool: Pool, source: Source) -> None:
    """Until it is cancelled."""
    while True:
        pause = await renew(views, feed, pool, source)
        await asyncio.sleep(pause)


async def renew(views: Sequence[View[Any]], feed: Feed, pool: Pool, source: Source | None) -> float:
    """Build what is outdated; in how many seconds to look again."""
    if not (due := await outdated(views, feed, pool)):
        return LOOK
    names = ", ".join(f"{view.name} v{view.version}" for view in due)
    log.warning("building %s beside what is there", names)
    try:
        await rebuild_all(due, feed, pool, source=source)
    except Underway:
        return SOON
    except Stopped as stopped:
        log.error("%s", stopped)
        await _tell(due, stopped, pool)
        return AGAIN
    except Exception:
        log.exception("cannot build %s", names)
        return AGAIN
    log.info("built %s", names)
    return LOOK


async def outdated(views: Sequence[View[Any]], feed: Feed, pool: Pool) -> list[View[Any]]:
    """Those of an older version, and those that have all of a long log before them: it takes longer to follow it.

    A newer release may run beside this one; whoever goes back to an older one says `tierce rebuild all`.
    """
    async with pool.acquire() as connection:
        await storage.prepare(connection, views)
    live, stand, head = await builds.found(pool), await storage.positions(pool, views), await feed.head()
    return [
        view
        for view in views
        if live[view.name].version < view.version
        or (live[view.name].version == view.version and stand[view.name] == 0 and head >= LARGE)
    ]


async def _tell(due: Sequence[View[Any]], stopped: Stopped, pool: Pool) -> None:
    """Where those see it who ask how the views are doing."""
    async with pool.acquire() as connection:
        await troubles.prepare(connection)
    found = [(view, stopped.faults[view.name]) for view in due if view.name in stopped.faults]
    await troubles.put(
        pool, [Trouble(view.name, view.version, 0, each.position, each.topic, each.said) for view, each in found]
    )
