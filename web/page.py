"""A staff page or a part of it as a response, in its frame."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from web.context import is_htmx, pages_of
from web.framing import frame_of
from web.looking.address import leading_back


def render(request: Request, template: str, *, status_code: int = 200, **context: Any) -> HTMLResponse:
    """The whole page; `frame` is added."""
    context.setdefault("frame", frame_of(request))
    return _answer(pages_of(request).page(template, **context), status_code, context["frame"])


def fragment(request: Request, template: str, *blocks: str, status_code: int = 200, **context: Any) -> HTMLResponse:
    """Some blocks of the page after each other, as the answer to htmx; the later ones carry hx-swap-oob."""
    context.setdefault("frame", frame_of(request))
    return _answer(pages_of(request).blocks(template, *blocks, **context), status_code, context["frame"])


def page_or_fragment(
    request: Request, template: str, *blocks: str, status_code: int = 200, **context: Any
) -> HTMLResponse:
    """The blocks for htmx, else the whole page: one route serves both."""
    if is_htmx(request):
        return fragment(request, template, *blocks, status_code=status_code, **context)
    return render(request, template, status_code=status_code, **context)


def _answer(html: str, status_code: int, frame: Any) -> HTMLResponse:
    """As HTML; a page of the past leads to pages of the past."""
    past = getattr(frame, "as_of", None)
    return HTMLResponse(leading_back(html, past.said, past.axis) if past else html, status_code)


def go(request: Request, path: str) -> Response:
    """Show another page next, after something was done: 303, or the same asked of htmx."""
    if is_htmx(request):
        return Response(status_code=204, headers={"HX-Redirect": path})
    return RedirectResponse(path, 303)
