"""Tokens that let programs read: made once, kept as hashes, named, revocable."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

import asyncpg

from suppliers.errors import NoSuchRecord, Refusal
from suppliers.ports import Role
from web.security.keys import hashed, new_token

if TYPE_CHECKING:
    from projections.storage import Pool, Reader

MADE = "INSERT INTO public.api_tokens (name, token_hash, roles, created_at) VALUES ($1, $2, $3, $4)"
FIND = """
SELECT id, name, roles, created_at, last_used_at, revoked_at FROM public.api_tokens
 WHERE token_hash = $1 AND revoked_at IS NULL
"""
USED = "UPDATE public.api_tokens SET last_used_at = $2 WHERE id = $1"
ALL = """
SELECT id, name, roles, created_at, last_used_at, revoked_at FROM public.api_tokens ORDER BY name, created_at
"""
REVOKE = "UPDATE public.api_tokens SET revoked_at = $2 WHERE name = $1 AND revoked_at IS NULL"
PREFIX = "tierce_"
"""So that whoever finds one knows what it opens."""
NOTED_EVERY = timedelta(minutes=1)


class Reading(StrEnum):
    """For programs that only read and stand for nobody."""

    READER = "reader"


class NameTaken(Refusal):
    """There is a token of this name. Revoke it first, or choose another name."""


class NoSuchRole(Refusal):
    """A token is for a reader, or for a role of the staff."""


class Token(NamedTuple):
    """What is known of a token; the token itself is known to nobody."""

    id: UUID
    name: str
    roles: tuple[str, ...]
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


async def create(pool: Pool, name: str, roles: Collection[str], *, at: datetime) -> str:
    """The new token, which is shown this once."""
    if not roles or set(roles) - {*Role, *Reading}:
        raise NoSuchRole
    token = PREFIX + new_token()
    try:
        await pool.execute(MADE, name.strip(), hashed(token), sorted(set(roles)), at)
    except asyncpg.UniqueViolationError as taken:
        raise NameTaken from taken
    return token


async def find(pool: Pool, token: str, *, at: datetime) -> Token | None:
    """The token in use with this text; that it was used is noted now and then."""
    row = await pool.fetchrow(FIND, hashed(token)) if token.startswith(PREFIX) else None
    if row is None:
        return None
    if row["last_used_at"] is None or row["last_used_at"] < at - NOTED_EVERY:
        await pool.execute(USED, row["id"], at)
    return Token(**row)


async def known(reader: Reader) -> list[Token]:
    """All that were ever made, by name."""
    return [Token(**row) for row in await reader.fetch(ALL)]


async def revoke(pool: Pool, name: str, *, at: datetime) -> None:
    """It opens nothing from now on."""
    if await pool.execute(REVOKE, name, at) == "UPDATE 0":
        raise NoSuchRecord
