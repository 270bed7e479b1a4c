"""The OpenAPI document, open to everybody: it says how to ask, not what is known."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from fastapi import APIRouter
from fastapi.openapi.utils import get_openapi
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

PATH = "/api/v1"


def router(described: Sequence[BaseRoute]) -> APIRouter:
    """Hands out the document of these routes; it is made when it is first asked for."""
    made = APIRouter()

    @cache
    def written() -> dict[str, object]:
        about = "Suppliers of AI and their risk, for reading. See docs/api.md."
        return get_openapi(title="Tierce", version="1", description=about, routes=described)

    @made.get("/openapi.json", include_in_schema=False)
    def document() -> Response:
        return JSONResponse(written())

    return made
