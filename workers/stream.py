"""The JetStream side: one disposable stream that points into the log, one durable consumer a subscription."""

from __future__ import annotations

import re

from nats.js import JetStreamContext
from nats.js.api import AckPolicy, ConsumerConfig, StreamConfig
from nats.js.errors import NotFoundError

from workers.subscriptions import Subscription

STREAM = "TIERCE"
DAYS = 7 * 24 * 3600.0
TWICE = 120.0
"""Seconds within which the same position published again is dropped by the server."""
ACK_WAIT = 120.0
"""Well above the fetch timeout and a letter's own deadline of 45 s together."""
MOST_DELIVERIES = 8
GIVEN_UP_AFTER = "MAX_DELIVERIES"


def subject_of(topic: str) -> str:
    """`Assessment.SendingRequested` -> `tierce.assessment.sending_requested`."""
    return "tierce." + ".".join(re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", part).lower() for part in topic.split("."))


def consumer_of(subscription: Subscription) -> ConsumerConfig:
    """The durable consumer of a subscription."""
    return ConsumerConfig(
        durable_name=subscription.name,
        filter_subjects=[subject_of(topic) for topic in subscription.topics],
        ack_policy=AckPolicy.EXPLICIT,
        ack_wait=ACK_WAIT,
        max_deliver=MOST_DELIVERIES,
    )


async def ensure_stream(jetstream: JetStreamContext, *, replicas: int = 1) -> None:
    """Create the stream when it is not there; a wiped store is a normal day."""
    try:
        await jetstream.stream_info(STREAM)
    except NotFoundError:
        config = StreamConfig(
            name=STREAM,
            subjects=["tierce.>"],
            max_age=DAYS,
            duplicate_window=TWICE,
            num_replicas=replicas,
        )
        await jetstream.add_stream(config)


async def ensure_consumer(jetstream: JetStreamContext, subscription: Subscription) -> bool:
    """Create the subscription's consumer when it is not there; whether it had to be."""
    try:
        await jetstream.consumer_info(STREAM, subscription.name)
        return False
    except NotFoundError:
        await jetstream.add_consumer(STREAM, consumer_of(subscription))
        return True
