"""How a projector waits: for the log, for what it has under way, and to be told to stop."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from suppliers.ports import Feed

Futures = Iterable[asyncio.Future[Any]]


async def rest(feed: Feed, after: int, under_way: Futures, stopping: asyncio.Future[Any], seconds: float) -> None:
    """Until something was appended, or what is under way failed."""
    waiting = asyncio.ensure_future(feed.wait(after, seconds))

    def end(done: asyncio.Future[Any]) -> None:
        if done is stopping or done.cancelled() or done.exception() is not None:
            waiting.cancel()

    watched = (stopping, *under_way)
    for each in watched:
        each.add_done_callback(end)
    try:
        await asyncio.wait({waiting})
    finally:  # also when we are cancelled: nobody may go on asking a pool that is about to close
        for each in watched:
            each.remove_done_callback(end)
        waiting.cancel()
        await asyncio.wait({waiting})
        waiting.cancelled() or waiting.exception()  # what was wrong will be met again by whoever reads the log


async def until(stop: asyncio.Event, seconds: float) -> None:
    """Pause, unless told to stop."""
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
