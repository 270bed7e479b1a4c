"""A connection to NATS that never gives up: what is lost there is found again from the log."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import nats
from nats.js import JetStreamContext

from cli.settings import Settings

log = logging.getLogger(__name__)


async def _noted(failure: Exception) -> None:
    log.warning("nats: %s", failure or type(failure).__name__)


@asynccontextmanager
async def jetstream(settings: Settings, name: str) -> AsyncIterator[JetStreamContext]:
    client = await nats.connect(
        settings.nats_servers, name=f"tierce-{name}", max_reconnect_attempts=-1, reconnect_time_wait=1, error_cb=_noted
    )
    try:
        yield client.jetstream()
    finally:
        await client.close()
