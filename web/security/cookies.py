"""Cookies: `__Host-`, Secure, HttpOnly, SameSite=Lax, always for the whole site.

On plain loopback http the same value is also set under the plain name: Chromium and Firefox take a Secure cookie
there, Safari does not (docs/decisions/cookies-on-loopback.md). The plain name is read on loopback only.
"""

from __future__ import annotations

from datetime import timedelta

from fastapi import Request
from starlette.responses import Response

from web.context import on_loopback

PREFIX = "__Host-"


def read(request: Request, name: str) -> str:
    """The cookie's value, or nothing."""
    found = request.cookies.get(PREFIX + name)
    if not found and _plain(request):
        found = request.cookies.get(name)
    return found or ""


def names(request: Request, prefix: str) -> list[str]:
    """The names, without `__Host-`, of the cookies that begin so."""
    begins = (PREFIX + prefix, prefix) if _plain(request) else (PREFIX + prefix,)
    return list(dict.fromkeys(name.removeprefix(PREFIX) for name in request.cookies if name.startswith(begins)))


def write(request: Request, response: Response, name: str, value: str, *, keep: timedelta | None = None) -> None:
    """Set it, for this visit of the browser or as long as `keep` says."""
    seconds = int(keep.total_seconds()) if keep else None
    response.set_cookie(PREFIX + name, value, max_age=seconds, path="/", secure=True, httponly=True, samesite="lax")
    if _plain(request):
        response.set_cookie(name, value, max_age=seconds, path="/", httponly=True, samesite="lax")


def drop(request: Request, response: Response, name: str) -> None:
    response.delete_cookie(PREFIX + name, path="/", secure=True, httponly=True, samesite="lax")
    if _plain(request):
        response.delete_cookie(name, path="/", httponly=True, samesite="lax")


def _plain(request: Request) -> bool:
    return request.url.scheme == "http" and on_loopback(request)
