"""Personal data in the log: sealed with its person's key, unreadable for ever once that key is gone."""

from __future__ import annotations

import os
import re
from base64 import b64encode
from binascii import a2b_base64
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic_core import to_json

ERASED = "[erased]"
MARK = b'{"$sealed":'
"""Begins a sealed value; text cannot contain it, since JSON escapes the quotes of text."""

SEALED = re.compile(rb'"(\w+)":\{"\$sealed":"([A-Za-z0-9+/=]+)","of":"([0-9a-f-]{36})"\}')
OF = re.compile(rb'\{"\$sealed":"[A-Za-z0-9+/=]+","of":"([0-9a-f-]{36})"\}')
"""The same without its field: it begins with what is always the same, so that it is found in many rows at once."""
NONCE = 12

Ciphers = Mapping[UUID, AESGCM | None]
"""Person -> cipher; None or missing when the person was erased."""


class Place(NamedTuple):
    """Where a sealed value belongs; moved elsewhere it does not open."""

    originator_id: UUID
    originator_version: int
    topic: str

    def prefix(self) -> bytes:
        """What binds a value here, with its field's name behind."""
        return f"{self.originator_id}/{self.originator_version}/{self.topic}/".encode()


def seal(text: str, person: UUID, cipher: AESGCM | None, place: Place, field: str) -> bytes:
    """As a JSON value. Nothing is kept of what is said about a person who was erased."""
    if cipher is None:
        return to_json(ERASED)
    nonce = os.urandom(NONCE)
    box = b64encode(nonce + cipher.encrypt(nonce, text.encode(), place.prefix() + field.encode()))
    return b'%s"%s","of":"%s"}' % (MARK, box, str(person).encode())


def persons(state: bytes) -> Iterator[UUID]:
    """Whose keys it takes to read this."""
    return (_person(match[1]) for match in OF.finditer(state))


def unseal(state: bytes, ciphers: Ciphers, place: Place) -> bytes:
    """The state with every sealed value as text again, or as "[erased]"."""
    prefix = place.prefix()

    def opened(match: re.Match[bytes]) -> bytes:
        field, box, person = match.groups()
        try:
            return b'"%s":%s' % (field, to_json(_open(box, ciphers.get(_person(person)), prefix + field)))
        except InvalidTag:
            raise Tampered(place) from None

    return SEALED.sub(opened, state)


def _open(box: bytes, cipher: AESGCM | None, bound: bytes) -> str:
    if cipher is None:
        return ERASED
    sealed = a2b_base64(box)
    return cipher.decrypt(sealed[:NONCE], sealed[NONCE:], bound).decode()


@lru_cache(65_536)
def _person(id: bytes) -> UUID:
    return UUID(id.decode())


class Tampered(Exception):
    """A sealed value was changed, or moved here from elsewhere."""
