"""REST v1: what the pages show, for programs that hold a token."""

from __future__ import annotations

from fastapi import APIRouter, FastAPI

from web import problems
from web.api import activity, decisions, document, inventory, postures, renewals, rounds, suppliers

LISTS = (suppliers, inventory, rounds, postures, decisions, renewals, activity)


def install(app: FastAPI) -> None:
    """Add the API to the application."""
    api = APIRouter(prefix=document.PATH)
    for module in LISTS:
        api.include_router(module.router)
    app.include_router(api)
    app.include_router(document.router(list(api.routes)), prefix=document.PATH)
    problems.install(app)
