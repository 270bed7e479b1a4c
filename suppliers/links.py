"""The mailed link: a signed name of an assessment and of the link's generation. Nothing secret is kept anywhere."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from hashlib import sha256
from uuid import UUID

from suppliers.errors import LinkInvalid

TAG = 16
"""Bytes of the HMAC-SHA256 that are kept: 128 bits."""


class Links:
    """Makes and reads the tokens in mailed links. The same assessment and generation always give the same token."""

    def __init__(self, secret_key: str) -> None:
        self._key = sha256(b"tierce mailed link\x00" + secret_key.encode()).digest()

    def token(self, assessment_id: UUID, link: int) -> str:
        """URL-safe, 48 characters."""
        named = assessment_id.bytes + link.to_bytes(4, "big")
        return urlsafe_b64encode(named + self._tag(named)).decode().rstrip("=")

    def read(self, token: str) -> tuple[UUID, int]:
        """Assessment and generation; `LinkInvalid` for anything this key did not sign."""
        try:
            raw = urlsafe_b64decode(token + "=" * (-len(token) % 4))
        except (NotBase64, ValueError):
            raise LinkInvalid from None
        named, tag = raw[:-TAG], raw[-TAG:]
        if len(named) != 20 or not hmac.compare_digest(tag, self._tag(named)):
            raise LinkInvalid
        return UUID(bytes=named[:16]), int.from_bytes(named[16:], "big")

    def _tag(self, named: bytes) -> bytes:
        return hmac.new(self._key, named, sha256).digest()[:TAG]
