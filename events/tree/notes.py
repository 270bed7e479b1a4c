"""Signed notes (C2SP signed-note, as the Go checksum database uses them): a short text and Ed25519 signatures of it."""

from __future__ import annotations

from base64 import b64decode, b64encode
from hashlib import sha256
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
"""How signed notes mark this kind of key."""


class NoKey(Exception):
    """What was given is no key of a signed note."""


class PublicKey(NamedTuple):
    """Whose signatures are believed. As text: `name+id+key`."""

    name: str
    key: bytes

    @property
    def id(self) -> bytes:
        return sha256(self.name.encode() + b"\n" + ED25519 + self.key).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{b64encode(ED25519 + self.key).decode()}"

    def signed(self, text: str, signature: bytes) -> bool:
        """Whether `signature`, which begins with the id of its key, is ours over the text."""
        if signature[:4] != self.id:
            return False
        try:
            Ed25519PublicKey.from_public_bytes(self.key).verify(signature[4:], text.encode())
        except InvalidSignature:
            return False
        return True


class PrivateKey(NamedTuple):
    """Who signs. As text: `PRIVATE+KEY+name+id+seed`; to be kept where the database's administrators cannot read it."""

    name: str
    key: Ed25519PrivateKey

    @property
    def public(self) -> PublicKey:
        return PublicKey(self.name, self.key.public_key().public_bytes_raw())

    def __str__(self) -> str:
        secret = b64encode(ED25519 + self.key.private_bytes_raw()).decode()
        return f"PRIVATE+KEY+{self.name}+{self.public.id.hex()}+{secret}"

    def sign(self, text: str) -> str:
        """The note: the text, an empty line, the signature."""
        signature = b64encode(self.public.id + self.key.sign(text.encode())).decode()
        return f"{text}\n— {self.name} {signature}\n"


def new_key(name: str) -> PrivateKey:
    if not name or any(each.isspace() or each == "+" for each in name):
        raise NoKey(f"{name!r} cannot be a key's name")
    return PrivateKey(name, Ed25519PrivateKey.generate())


def private_key(text: str) -> PrivateKey:
    try:
        _, _, name, id, secret = text.strip().split("+", 4)
        key = PrivateKey(name, Ed25519PrivateKey.from_private_bytes(b64decode(secret, validate=True)[1:]))
    except ValueError:
        raise NoKey("this is no private key of a signed note") from None
    if key.public.id.hex() != id:
        raise NoKey("the private key was changed: it does not have the id it says")
    return key


def public_key(text: str) -> PublicKey:
    try:
        name, id, public = text.strip().split("+", 2)
        key = PublicKey(name, b64decode(public, validate=True)[1:])
    except ValueError:
        raise NoKey("this is no public key of a signed note") from None
    if key.id.hex() != id or len(key.key) != 32:
        raise NoKey("the public key was changed: it does not have the id it says")
    return key
