"""One acknowledgement shown at the top of the next page; it travels in a signed cookie."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import asdict

from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.context import keys_of
from web.frame import Flash, Tone
from web.security import cookies
from web.security.keys import Keys, same

COOKIE = "tierce-flash"
MOST = 3


def flash(request: Request, text: str, tone: Tone = "good", *, href: str = "", link: str = "") -> None:
    """Say this on the next page (or on this one, when it is rendered in this request)."""
    waiting: Sequence[Flash] = getattr(request.state, "flashes", ())
    request.state.flashes = (*waiting, Flash(text=text, tone=tone, href=href, link=link))[-MOST:]


def shown(request: Request) -> Sequence[Flash]:
    """What to show on this page; it is not shown again."""
    said: Sequence[Flash] = getattr(request.state, "flashes", ())
    if request.method == "GET" or said:
        found = (*_arrived(request), *said)
        request.state.flashes, request.state.flashes_shown = (), True
        return found
    return ()


class Flashes:
    """Keeps what was said but not shown for the next page, and forgets what was."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope.setdefault("state", {})
        request = Request(scope)

        async def carry(message: Message) -> None:
            if message["type"] == "http.response.start":
                _carry(request, MutableHeaders(scope=message))
            await send(message)

        await self.app(scope, receive, carry)


def _carry(request: Request, headers: MutableHeaders) -> None:
    said: Sequence[Flash] = getattr(request.state, "flashes", ())
    cookie = Response()
    if said:
        cookies.write(request, cookie, COOKIE, _signed(keys_of(request), [*_unshown(request), *said]))
    elif getattr(request.state, "flashes_shown", False) and cookies.read(request, COOKIE):
        cookies.drop(request, cookie, COOKIE)
    for name, value in cookie.headers.items():
        if name == "set-cookie":
            headers.append(name, value)


def _unshown(request: Request) -> Sequence[Flash]:
    return () if getattr(request.state, "flashes_shown", False) else _arrived(request)


def _arrived(request: Request) -> Sequence[Flash]:
    body, _, tag = cookies.read(request, COOKIE).partition(".")
    if not same(tag, keys_of(request).text("flash", body)):
        return ()
    return tuple(Flash(**each) for each in json.loads(urlsafe_b64decode(body)))[-MOST:]


def _signed(keys: Keys, said: Sequence[Flash]) -> str:
    body = urlsafe_b64encode(json.dumps([asdict(each) for each in said[-MOST:]]).encode()).decode()
    return f"{body}.{keys.text('flash', body)}"
