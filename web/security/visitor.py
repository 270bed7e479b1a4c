"""A browser that is not signed in yet, known by a random cookie so that a form can be bound to it."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from web.context import keys_of
from web.security import cookies
from web.security.keys import new_token

COOKIE = "tierce-visitor"


def visitor_csrf(request: Request) -> str:
    """The token for this browser's forms; empty when it has no cookie yet."""
    visitor = cookies.read(request, COOKIE)
    return keys_of(request).text("visitor", visitor) if visitor else ""


def greet(request: Request) -> str:
    """Have the browser know by a cookie (set by `remember` on the response) and give the token for its forms."""
    if not cookies.read(request, COOKIE) and not hasattr(request.state, "visitor"):
        request.state.visitor = new_token()
    given = getattr(request.state, "visitor", "")
    request.state.csrf = keys_of(request).text("visitor", given) if given else visitor_csrf(request)
    return str(request.state.csrf)


def remember(request: Request, response: Response) -> Response:
    """Set the cookie that `greet` made, if any."""
    if given := getattr(request.state, "visitor", ""):
        cookies.write(request, response, COOKIE, given)
    return response
