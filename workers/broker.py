"""FastStream subscribers: one for each subscription, and a guard that notices when NATS has forgotten them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

import structlog
from faststream import AckPolicy
from faststream.exceptions import NackMessage
from faststream.nats import JStream, NatsBroker, PullSub
from faststream.nats.annotations import NatsMessage
from nats.js import JetStreamContext

from suppliers.ports import Feed
from workers.pointer import Pointer
from workers.stream import STREAM, consumer_of, ensure_consumer, ensure_stream
from workers.subscriptions import SUBSCRIPTIONS, Subscription
from workers.workshop import Workshop

log = structlog.get_logger("workers")

AT_ONCE = 4
"""Messages a subscription works on side by side: as many as the post has connections."""
FETCH = 5.0
GUARD = 10.0
PATIENCE = 90.0
"""Seconds one piece of work may take; below the time after which NATS gives the message to another."""
BACKOFF = (5, 15, 60, 300)
"""Seconds before a failed message is delivered again."""

Receive = Callable[[Pointer, NatsMessage], Awaitable[None]]


def build(url: str, feed: Feed, shop: Workshop, subscriptions: Sequence[Subscription] = SUBSCRIPTIONS) -> NatsBroker:
    """A broker with every subscription; `run` starts it."""
    quiet = logging.getLogger("workers.nats")
    quiet.setLevel(logging.WARNING)  # a line for every message and every fetch tells nobody anything
    quiet.addFilter(_is_news)
    broker = NatsBroker(
        url.split(","),
        max_reconnect_attempts=-1,
        name="tierce-workers",
        logger=quiet,
        log_level=logging.DEBUG,
    )
    for subscription in subscriptions:
        _subscribe(broker, subscription, feed, shop)
    return broker


def _is_news(record: logging.LogRecord) -> bool:
    """nats-py says in two ways that nothing came. FastStream takes one for a crash, alarms, and just asks again."""
    return not (record.exc_info and isinstance(record.exc_info[1], TimeoutError))


def _subscribe(broker: NatsBroker, subscription: Subscription, feed: Feed, shop: Workshop) -> None:
    broker.subscriber(
        "tierce.>",
        stream=JStream(STREAM, declare=False),
        durable=subscription.name,
        pull_sub=PullSub(batch_size=AT_ONCE, timeout=FETCH),
        config=consumer_of(subscription),
        ack_policy=AckPolicy.NACK_ON_ERROR,
    )(_receiver(subscription, feed, shop))


def _receiver(subscription: Subscription, feed: Feed, shop: Workshop) -> Receive:
    async def receive(pointer: Pointer, message: NatsMessage) -> None:
        found = await feed.read(pointer.position - 1, 1)
        if not found or found[0].position != pointer.position:
            log.warning("pointer_into_nothing", position=pointer.position, subscription=subscription.name)
            return
        try:
            async with asyncio.timeout(PATIENCE):
                await subscription.work(found[0], shop)
        except Exception as failure:
            log.exception("work_failed", subscription=subscription.name, position=pointer.position)
            delivered = message.raw_message.metadata.num_delivered or 1
            raise NackMessage(delay=BACKOFF[min(delivered, len(BACKOFF)) - 1]) from failure

    return receive


async def run(broker: NatsBroker, jetstream: JetStreamContext, *, replicas: int = 1) -> None:
    """Start the subscribers and watch over their consumers until cancelled."""
    await ensure_stream(jetstream, replicas=replicas)
    for subscription in SUBSCRIPTIONS:
        await ensure_consumer(jetstream, subscription)
    await broker.start()
    try:
        await guard(jetstream, replicas=replicas)
    finally:
        await broker.stop()


async def guard(jetstream: JetStreamContext, *, replicas: int = 1, pause: float = GUARD) -> None:
    """A wiped NATS leaves pull workers alive and deaf: make their stream and consumers anew."""
    while True:
        await asyncio.sleep(pause)
        try:
            await ensure_stream(jetstream, replicas=replicas)
            for subscription in SUBSCRIPTIONS:
                if await ensure_consumer(jetstream, subscription):
                    log.warning("consumer_made_anew", subscription=subscription.name)
        except Exception as failure:
            log.warning("nats_not_reached", why=str(failure) or type(failure).__name__)
