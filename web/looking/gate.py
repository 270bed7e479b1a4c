"""Nothing is done to the past: checked for every request, so that no page can forget it."""

from __future__ import annotations

from fastapi import Request

from web.looking.address import AS_OF, has_past, without
from web.looking.refusals import LookingBack, OnlyPresent

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


async def present_only(request: Request) -> None:
    """A dependency of the whole application."""
    asked = request.query_params.get(AS_OF, "").strip()
    if request.method not in SAFE:
        if asked or await _in_form(request):
            raise LookingBack
    elif asked and not has_past(request.url.path) and not request.url.path.startswith("/api/"):
        raise OnlyPresent(without(request))


async def _in_form(request: Request) -> bool:
    kind = request.headers.get("Content-Type", "")
    if not kind.startswith("application/x-www-form-urlencoded"):
        return False
    return AS_OF in await request.form()
