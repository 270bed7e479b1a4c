"""The outermost door: health, the mailbox where there is one, then the pages; and the server that opens it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp

from cli.health import Health
from cli.health_pages import health_routes

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
GRACE = 1  # seconds for requests under way when we stop


def front(
    health: Health, *, pages: ASGIApp | None, mailbox: ASGIApp | None = None, hosts: Sequence[str] = ("*",)
) -> Starlette:
    """`hosts` keeps foreign pages from reading an instance on one's own machine under a name of theirs."""
    routes: list[BaseRoute] = [*health_routes(health)]
    if mailbox:
        routes.append(Route("/mailbox", _to_mailbox))
        routes.append(Mount("/mailbox", mailbox))
    if pages:
        routes.append(Mount("/", pages))
    return Starlette(
        routes=routes,
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))],
    )


async def _to_mailbox(request: Request) -> Response:
    return RedirectResponse("/mailbox/")


def bind(host: str, port: int, *, or_any: bool = True) -> socket.socket:
    """The port that was asked for; when it is taken, with `or_any` any free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(512)
    except OSError:
        listener.close()
        if port == 0 or not or_any:
            raise
        return bind(host, 0)
    return listener


class Server(uvicorn.Server):
    """Leaves signals to the supervisor and says when it listens."""

    def __init__(self, app: ASGIApp, opened: Callable[[], None]) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                lifespan="off",
                ws="none",
                access_log=False,
                log_config=None,
                server_header=False,
                timeout_graceful_shutdown=GRACE,
            )
        )
        self._opened = opened

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._opened()


async def serve(app: ASGIApp, listener: socket.socket, opened: Callable[[], None]) -> None:
    """Until cancelled; then let requests under way finish. The listener stays open for a next time."""
    server = Server(app, opened)
    serving = asyncio.create_task(server.serve(sockets=[listener.dup()]))
    try:
        await asyncio.shield(serving)
    except asyncio.CancelledError:
        server.should_exit = True
        await asyncio.wait([serving], timeout=GRACE + 0.1)
        raise
