"""Mailed codes: six digits, ten minutes, five tries, once, and only in the browser that asked."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
from fastapi import Request
from starlette.responses import Response

from web.context import keys_of, services_of
from web.security import cookies
from web.security.keys import new_token

DIGITS, TRIES, MINUTES = 6, 5, 10
NOBODY = UUID(int=0)
"""Whom a code belongs to that was asked for an unknown address: it is kept like any other and never mailed."""

MAKE = """
INSERT INTO public.{table} (id, person_id, {bound}, code_hash, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)
"""
TRY = """
UPDATE public.{table} SET attempts = attempts + 1
 WHERE id = $1 AND {bound} = $2 AND used_at IS NULL AND attempts < $3 AND expires_at > $4
RETURNING person_id, code_hash, attempts
"""
USE = "UPDATE public.{table} SET used_at = $2 WHERE id = $1 AND used_at IS NULL RETURNING true"
SWEEP = "DELETE FROM public.{table} WHERE expires_at < $1"


class WrongCode(Exception):
    """The code is not the one that was mailed; `left` tries remain."""

    def __init__(self, left: int) -> None:
        self.left = left


@dataclass(frozen=True, slots=True)
class Mailed:
    """A code on its way. `ticket` goes into the cookie that binds it to the browser."""

    id: UUID
    code: str
    ticket: str


class Codes:
    """The codes of one side. `bound` is the column that says what a code opens."""

    def __init__(self, table: str, *, bound: str, cookie: str) -> None:
        self.cookie = cookie
        self._make, self._try, self._use, self._sweep = (
            sql.format(table=table, bound=bound) for sql in (MAKE, TRY, USE, SWEEP)
        )

    async def make(self, request: Request, person_id: UUID, opens: object) -> Mailed:
        services = services_of(request)
        now: datetime = services.clock.now()
        code, secret, id = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}", new_token(), uuid4()
        tag = self._tag(request, id, secret, code)
        await services.pool.execute(self._sweep, now - timedelta(days=1))
        await services.pool.execute(self._make, id, person_id, opens, tag, now, now + timedelta(minutes=MINUTES))
        return Mailed(id, code, f"{id}.{secret}")

    async def check(self, request: Request, given: str, opens: object) -> UUID:
        """Whose code it is, and used up with that; else `WrongCode`."""
        services = services_of(request)
        pool: asyncpg.Pool[Any] = services.pool
        now: datetime = services.clock.now()
        id, secret = self._ticket(request)
        row = await pool.fetchrow(self._try, id, opens, TRIES, now)
        if row is None:
            raise WrongCode(0)
        digits = "".join(each for each in given if each.isdecimal())
        if not hmac.compare_digest(row["code_hash"], self._tag(request, id, secret, digits)):
            raise WrongCode(TRIES - row["attempts"])
        if row["person_id"] == NOBODY or not await pool.fetchval(self._use, id, now):
            raise WrongCode(0)
        person: UUID = row["person_id"]
        return person

    def hand_over(self, request: Request, response: Response, mailed: Mailed) -> Response:
        """Bind the code to this browser."""
        cookies.write(request, response, self.cookie, mailed.ticket, keep=timedelta(minutes=MINUTES))
        return response

    def _ticket(self, request: Request) -> tuple[UUID, str]:
        id, _, secret = cookies.read(request, self.cookie).partition(".")
        try:
            return UUID(id), secret
        except ValueError:
            raise WrongCode(0) from None

    def _tag(self, request: Request, id: UUID, secret: str, code: str) -> bytes:
        return keys_of(request).tag("code", str(id), secret, code)


STAFF_CODES = Codes("sign_in_codes", bound="purpose", cookie="tierce-code")
VENDOR_CODES = Codes("vendor_codes", bound="assessment_id", cookie="answer_code")
