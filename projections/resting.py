"""How a projector waits: for the log, for what it has under way, and to be told to stop."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from projections.lines import Lines
    from suppliers.ports import Feed


async def rest(feed: Feed, after: int, lines: Lines, stopping: asyncio.Future[Any], seconds: float) -> None:
    """Until something was appended, or what is being written failed."""
    waiting = asyncio.ensure_future(feed.wait(after, seconds))
    try:
        await asyncio.wait({waiting, stopping, *lines.under_way}, return_when=asyncio.FIRST_COMPLETED)
        if not lines.failed:
            await asyncio.wait({waiting, stopping}, return_when=asyncio.FIRST_COMPLETED)
    finally:  # also when we are cancelled: nobody may go on asking a pool that is about to close
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)


async def until(stop: asyncio.Event, seconds: float) -> None:
    """Pause, unless told to stop."""
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
