"""Work that goes on after the answer, so that how long it takes tells nobody anything."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog
from fastapi import Request

log = structlog.get_logger(__name__)


def send_off(request: Request, errand: Coroutine[Any, Any, None]) -> None:
    """Run it beside this request; a failure is logged, and the person can ask again."""

    async def run() -> None:
        try:
            await errand
        except Exception as error:
            log.error("errand failed", exc_info=error)

    task = asyncio.create_task(run())
    errands: set[asyncio.Task[None]] = request.app.state.errands
    errands.add(task)
    task.add_done_callback(errands.discard)
