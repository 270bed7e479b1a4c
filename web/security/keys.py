"""Keys for each purpose, all from the one secret; what is signed for one purpose says nothing for another."""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256


class Keys:
    def __init__(self, secret_key: str) -> None:
        self._root = sha256(b"tierce web\x00" + secret_key.encode()).digest()

    def tag(self, purpose: str, *parts: str) -> bytes:
        """HMAC over the parts; their lengths go in, so that no two lists of parts read the same."""
        key = hmac.new(self._root, purpose.encode(), sha256).digest()
        message = b"".join(len(part.encode()).to_bytes(4, "big") + part.encode() for part in parts)
        return hmac.new(key, message, sha256).digest()

    def text(self, purpose: str, *parts: str) -> str:
        return self.tag(purpose, *parts).hex()


def new_token() -> str:
    """256 random bits, URL-safe."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> bytes:
    """How a random token is kept: it has enough entropy for a plain hash."""
    return sha256(token.encode()).digest()


def same(given: str, expected: str) -> bool:
    """Compare without telling by the time taken where they differ."""
    return bool(given) and hmac.compare_digest(given.encode(), expected.encode())
