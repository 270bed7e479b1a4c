"""Views built again beside the live ones, all in one reading of the log, and swapped in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from projections import builds, storage
from projections.builds import LARGE
from projections.layout import Build
from projections.rebuild.crew import Progress, fold_beside
from projections.rebuild.folding import Fault, Foldings
from projections.rebuild.indexing import index, open_up
from projections.rebuild.source import Source
from projections.rebuild.swapping import Beside, Stumbled
from projections.rebuild.worker import write
from projections.view import View, topics
from suppliers.ports import Feed

if TYPE_CHECKING:
    from projections.storage import Connection, Pool

BATCH = 500
TRY = "SELECT pg_try_advisory_lock(hashtext('tierce:rebuild'), hashtext($1))"
LEAVE = "SELECT pg_advisory_unlock(hashtext('tierce:rebuild'), hashtext($1))"


class Stopped(Exception):
    """A view met an event that it cannot digest. What was live before is live still."""

    def __init__(self, faults: Mapping[str, Fault]) -> None:
        super().__init__("; ".join(f"{name}: {fault.said}" for name, fault in sorted(faults.items())))
        self.faults = faults


class Underway(Exception):
    """A view is being rebuilt already."""


async def rebuild(view: View[Any], feed: Feed, pool: Pool, progress: Progress | None = None) -> int:
    """Fold a view again from the first event, in this process; the position reached is returned."""
    return (await rebuild_all([view], feed, pool, progress))[view.name]


async def rebuild_all(
    views: Sequence[View[Any]],
    feed: Feed,
    pool: Pool,
    progress: Progress | None = None,
    *,
    source: Source | None = None,
    large: int = LARGE,
) -> dict[str, int]:
    """Fold views again from the first event while the live builds are read and followed; where each stands then.

    `progress` hears how much of the log is done, and how much there is. With a `source`, a long log is read and
    folded by processes of their own.
    """
    moved = progress or (lambda done, total: None)
    async with pool.acquire() as connection:
        await storage.prepare(connection, views)
        async with _alone(connection, views):
            until = await feed.head()
            made = [await _begun(connection, view) for view in views]
            try:
                if source is not None and until >= large:
                    faults = await fold_beside(source, made, until, topics(views), moved)
                else:
                    faults = await _fold_here(views, made, until, feed, pool, moved)
                whole = [each for each in zip(views, made, strict=True) if each[0].name not in faults]
                await index(pool, whole)
                reached = {
                    view.name: await _finish(connection, view, build, until, feed, faults) for view, build in whole
                }
            finally:
                await _leave(connection, made)
    if faults:
        raise Stopped(faults)
    return reached


@asynccontextmanager
async def _alone(connection: Connection, views: Iterable[View[Any]]) -> AsyncIterator[None]:
    """Held by the connection that swaps: when it is lost nothing is swapped, and the next one begins again."""
    held: list[str] = []
    try:
        for view in views:
            if not await connection.fetchval(TRY, view.name):
                raise Underway(f"{view.name} is being rebuilt already")
            held.append(view.name)
        yield
    finally:
        if not connection.is_closed():
            for name in held:
                await connection.execute(LEAVE, name)


async def _begun(connection: Connection, view: View[Any]) -> Build:
    """A new build; what was left behind by one that did not end is dropped."""
    async with connection.transaction():
        await connection.execute(storage.ALONE)
        live = (await builds.found(connection)).get(view.name)
        await builds.drop(connection, [each for each in await builds.built(connection, view) if each != live])
        await open_up(connection, view, build := await builds.begin(connection, view))
        return build


async def _leave(connection: Connection, made: Sequence[Build]) -> None:
    """Drop what did not become live; where that cannot be done now, the next rebuild does it."""
    if not connection.is_closed():
        live = set((await builds.found(connection)).values())
        await builds.drop(connection, [each for each in made if each not in live])


async def _fold_here(
    views: Sequence[View[Any]],
    made: Sequence[Build],
    until: int,
    feed: Feed,
    pool: Pool,
    moved: Callable[[int, int], None],
) -> dict[str, Fault]:
    foldings, position = Foldings(views), 0
    while position < until and len(foldings.faults) < len(views):
        try:
            events = await feed.read(position, min(BATCH, until - position))
        except Exception as reason:
            foldings.unreadable(reason)
            break
        foldings.take(events)
        position = events[-1].position
        moved(position, until)
        await asyncio.sleep(0)  # others in this process may have waited
    await write(pool, foldings, made)
    return foldings.faults


async def _finish(
    connection: Connection, view: View[Any], build: Build, until: int, feed: Feed, faults: dict[str, Fault]
) -> int:
    """What was recorded meanwhile, and the swap."""
    beside = Beside(view, build, until)
    try:
        await beside.swap(connection, feed)
    except Stumbled as stumbled:
        faults[view.name] = stumbled.fault
    return beside.position
