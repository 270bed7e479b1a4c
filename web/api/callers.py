"""Who asks: a program with a token, which may ask only so often."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from web.api import tokens
from web.api.tokens import Token
from web.context import client_of, services_of
from web.problems import Problem
from web.security.limits import Limit

ASKED = Limit("api", 600, timedelta(minutes=1))
"""By one token."""
MISSED = Limit("api-missed", 60, timedelta(minutes=10))
"""Tokens that open nothing, by one client."""
BEARER = HTTPBearer(auto_error=False, description="A token made by `tierce admin token create`.")
Given = Annotated[HTTPAuthorizationCredentials | None, Security(BEARER)]


async def caller(request: Request, given: Given) -> Token:
    services = services_of(request)
    if given is None:
        raise _unknown("Send a token: Authorization: Bearer tierce_…", "Bearer")
    found = await tokens.find(services.pool, given.credentials, at=services.clock.now())
    if found is None:
        await MISSED.hit(request, client_of(request))
        raise _unknown("This token is not known, or was revoked.", 'Bearer error="invalid_token"')
    await ASKED.hit(request, str(found.id))
    return found


def _unknown(detail: str, challenge: str) -> Problem:
    return Problem(401, "Who are you?", detail, {"WWW-Authenticate": challenge})


Caller = Annotated[Token, Depends(caller)]
