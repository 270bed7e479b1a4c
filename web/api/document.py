"""The OpenAPI document, open to everybody: it says how to ask, not what is known."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.openapi.utils import get_openapi
from starlette.responses import JSONResponse, Response

router = APIRouter()
PATH = "/api/v1"


@router.get("/openapi.json", include_in_schema=False)
def document(request: Request) -> Response:
    state = request.app.state
    if not hasattr(state, "api_document"):
        state.api_document = get_openapi(
            title="Tierce",
            version="1",
            description="Suppliers of AI and their risk, for reading. See docs/api.md.",
            routes=state.api_routes,
        )
    return JSONResponse(state.api_document)
