"""A relay that is cut off again and again, held against the log: every position has to be in the stream."""

from __future__ import annotations

import asyncio
import random
from contextlib import suppress

import nats
from nats.aio.client import Client

from cli.bookmarks import Bookmarks
from tests.drills.site import Site
from workers.pointer import Pointer
from workers.relay import Relay
from workers.stream import STREAM

MISSING = "positions of the log never came to the stream"


async def relayed(site: Site, url: str, chance: random.Random, cuts: int) -> list[str]:
    """Under load; the verdict."""
    client = await nats.connect(url)
    working = asyncio.create_task(site.load.run())
    try:
        for _ in range(cuts):
            await _run(site, client, chance.uniform(0.05, 0.2))
        site.load.stop()
        await working
        await _run(site, client, 0, to_the_end=True)
        head = await site.store.recorder.head()
        missing = set(range(1, head + 1)) - await _in_stream(client)
        print(f"{head} events, {cuts} cuts, {len(missing)} missing")
        return [MISSING] if missing else []
    finally:
        site.load.stop()
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
        await client.close()


async def _run(site: Site, client: Client, seconds: float, *, to_the_end: bool = False) -> None:
    relay = Relay(site.store.feed, client.jetstream(), Bookmarks(site.store.pool))
    running = asyncio.create_task(relay.run())
    await asyncio.sleep(seconds)
    while to_the_end and relay.position < await site.store.recorder.head():
        assert not running.done(), running.exception()
        await asyncio.sleep(0.05)
    while not running.done():  # it may be in the middle of what does not pass a cancellation on
        running.cancel()
        await asyncio.wait([running], timeout=0.5)
    with suppress(asyncio.CancelledError):
        await running


async def _in_stream(client: Client) -> set[int]:
    jetstream = client.jetstream()
    info = await jetstream.stream_info(STREAM)
    subscription = await jetstream.pull_subscribe("tierce.>", stream=STREAM)
    found: set[int] = set()
    for _ in range(0, info.state.messages, 500):
        for message in await subscription.fetch(min(500, info.state.messages), timeout=10):
            found.add(Pointer.model_validate_json(message.data).position)
            await message.ack()
    return found
