"""One id for everything that follows from one request: in its log lines, its events and its answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADER = "X-Request-ID"
ACCEPTABLE = re.compile(r"[A-Za-z0-9._-]{8,64}")

correlation_id: ContextVar[str | None] = ContextVar("correlation_id", default=None)


@contextmanager
def correlated(id: str | None) -> Iterator[None]:
    """Every line logged inside carries the id, in whatever task that is started there."""
    token = correlation_id.set(id)
    try:
        yield
    finally:
        correlation_id.reset(token)


class Correlation:
    """Keeps the id a proxy gave when it is a plain one, else makes one."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get(HEADER, "")
        id = given if ACCEPTABLE.fullmatch(given) else uuid4().hex
        scope.setdefault("state", {})["correlation_id"] = id

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[HEADER] = id
            await send(message)

        with correlated(id):
            await self._app(scope, receive, answer)
