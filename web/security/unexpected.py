"""What nobody foresaw: logged with its trace, and a page that tells the person what to do."""

from __future__ import annotations

import asyncpg
import structlog
from fastapi import Request
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.context import services_of
from web.refusals import refusal_page

log = structlog.get_logger(__name__)

UNAVAILABLE = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.PostgresConnectionError,
    asyncpg.exceptions.OperatorInterventionError,
    asyncpg.exceptions.InsufficientResourcesError,
    asyncpg.exceptions.UndefinedTableError,
)
"""The database is away or overloaded, or a view is not built yet: it may work again in a moment."""


class Guarded:
    """Innermost, so that the page that it makes gets the headers of any other."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except ClientDisconnect:
            log.debug("client hung up", path=scope["path"])  # nobody is there to read an answer
        except Exception as error:
            status = 503 if isinstance(error, UNAVAILABLE + services_of(Request(scope)).passing) else 500
            log.error("request failed", path=scope["path"], status=status, exc_info=error)
            if started:
                raise
            await refusal_page(Request(scope), status)(scope, receive, send)
