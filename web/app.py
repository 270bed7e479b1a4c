"""The web application, from what the composition hands in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from copy import copy
from urllib.parse import urlsplit

from fastapi import Depends, FastAPI
from starlette.datastructures import State
from starlette.middleware import Middleware

from projections.tallies import Tallies
from web import answer, api, pages, rebuilding, refusals, signin
from web.assets import Assets
from web.flashes import Flashes
from web.looking.gate import present_only
from web.orders import once
from web.rendering import Pages
from web.security.csrf import csrf_protected
from web.security.headers import Correlated, Hardened, Heads
from web.security.keys import Keys
from web.security.sizes import Sized
from web.security.unexpected import Guarded
from web.services import Services
from web.staff import NotSignedIn, to_sign_in

LARGE_FILES_AT_ONCE = 2
"""Uploads held in memory on their way to the database; others wait on disk."""


def build(services: Services) -> FastAPI:
    """The application with all its pages. Nothing is global: each request reaches the services through it."""
    return furnished(routed(services.identity.base_url, upload_limit=services.upload_limit), services)


def routed(base_url: str, *, upload_limit: int) -> FastAPI:
    """Every address, and nothing behind it yet."""
    app = FastAPI(
        title="Tierce",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=_lifespan,
        dependencies=[Depends(csrf_protected), Depends(present_only)],
        middleware=[
            Middleware(Correlated),
            Middleware(Hardened, secure=urlsplit(base_url).scheme == "https"),
            Middleware(Heads),
            Middleware(Flashes),
            Middleware(Guarded),
            Middleware(Sized, upload_limit=upload_limit),
        ],
    )
    app.mount("/static", Assets())
    for router in (*signin.routers(), *answer.routers, *pages.routers):
        app.include_router(router)
    api.install(app)
    refusals.install(app)
    rebuilding.install(app)
    app.add_exception_handler(NotSignedIn, to_sign_in)
    return app


def furnished(routes: FastAPI, services: Services) -> FastAPI:
    """An application of its own that has these routes: to find out what each of them takes costs more than a page."""
    app = copy(routes)
    app.state = State()
    app.state.services, app.state.keys = services, Keys(services.secret_key)
    app.state.pages, app.state.tallies = Pages(), Tallies(services.pool)
    app.state.pages.environment.globals["once"] = once
    app.state.errands, app.state.storing = set[asyncio.Task[None]](), asyncio.Semaphore(LARGE_FILES_AT_ONCE)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Mail that is on its way goes out before the process ends."""
    yield
    if errands := app.state.errands:
        await asyncio.wait(errands, timeout=1)
