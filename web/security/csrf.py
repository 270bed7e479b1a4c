"""No form of another site: every unsafe method of every route needs the session's token and our own origin."""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import Request

from web.answer.session import SIDE as VENDOR_SIDE
from web.answer.session import answering_session
from web.context import services_of
from web.refusals import Forged
from web.security.keys import same
from web.security.visitor import visitor_csrf
from web.staff import NotSignedIn, session_of

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
DOORS = ("/sign-in", "/answer/")
"""Where nobody is signed in yet; the token is bound to the browser."""
MOST_FILES, MOST_FIELDS = 20, 2000


async def csrf_protected(request: Request) -> None:
    """A dependency of the whole application, so that no page can forget it."""
    if request.method in SAFE:
        return
    if not _from_us(request):
        raise Forged
    expected = await _expected(request)
    if not same(await _given(request), expected):
        raise Forged


def _from_us(request: Request) -> bool:
    """What the browser says of where the form was: its origin, or (link pages send none) whether it was this site."""
    origin, site = request.headers.get("Origin", "null"), request.headers.get("Sec-Fetch-Site", "same-origin")
    if origin == "null":
        return site in ("same-origin", "none")
    base = urlsplit(services_of(request).identity.base_url)
    return origin in (f"{base.scheme}://{base.netloc}", f"{request.url.scheme}://{request.headers.get('Host')}")


async def _expected(request: Request) -> str:
    path = request.url.path
    if path.startswith(VENDOR_SIDE):
        return (await answering_session(request)).csrf
    if path.startswith(DOORS):
        return visitor_csrf(request)
    session = await session_of(request)
    if session is None:
        raise NotSignedIn
    return session.csrf


async def _given(request: Request) -> str:
    if header := request.headers.get("X-CSRF-Token"):
        return header
    kind = request.headers.get("Content-Type", "")
    if not kind.startswith(("application/x-www-form-urlencoded", "multipart/form-data")):
        return ""
    field = (await request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS)).get("csrf", "")
    return field if isinstance(field, str) else ""
