"""How large a request may be: small for ordinary forms, the upload limit for files."""

from __future__ import annotations

from fastapi import HTTPException, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.refusals import refusal_page

FORM = 1_000_000
"""Bytes of a form without files: many long answers."""
AROUND_FILES = 100_000
"""Bytes that a multipart form may need besides its file."""
WORTH_DRAINING = 8
"""A body up to so many times the limit is read to its end, so that the browser gets to see the answer."""


class Sized:
    def __init__(self, app: ASGIApp, *, upload_limit: int) -> None:
        self.app = app
        self.upload_limit = upload_limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        limit = self._limit(request)
        announced = request.headers.get("content-length", "0")
        if announced.isdecimal() and int(announced) > limit:
            if int(announced) <= limit * WORTH_DRAINING:
                await _drain(receive)
            await refusal_page(request, 413)(scope, receive, send)
            return
        await self.app(scope, _counting(receive, limit), send)

    def _limit(self, request: Request) -> int:
        files = request.headers.get("content-type", "").startswith("multipart/form-data")
        return self.upload_limit + AROUND_FILES if files else FORM


async def _drain(receive: Receive) -> None:
    while (await receive()).get("more_body"):
        pass


def _counting(receive: Receive, limit: int) -> Receive:
    """For a body that does not announce its length."""
    read = 0

    async def counted() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > limit:
            raise HTTPException(413)
        return message

    return counted
