"""Signed tree heads (C2SP tlog-checkpoint): how many events there were, the root over them, when; signed."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Iterable
from datetime import UTC, datetime
from email import message_from_string, policy
from typing import NamedTuple

from events.tree.notes import PrivateKey, PublicKey

HEAD = re.compile(r"^(\S+)\n(\d+)\n([A-Za-z0-9+/]{43}=)\n([0-9T:-]+Z)\n((?:— \S+\s+[A-Za-z0-9+/=]+\n?)+)", re.MULTILINE)
SIGNATURE = re.compile(r"— \S+\s+([A-Za-z0-9+/=]+)")
MAIL = re.compile(r"^(content-type|mime-version):", re.MULTILINE | re.IGNORECASE)


class Head(NamedTuple):
    """What is said about the log; `signatures` by whom."""

    origin: str
    size: int
    root: bytes
    time: str
    signatures: tuple[bytes, ...] = ()

    @property
    def text(self) -> str:
        """The bytes that are signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n{self.time}\n"

    def signed_by(self, keys: Iterable[PublicKey]) -> PublicKey | None:
        """The first of these keys whose signature it bears."""
        return next((key for key in keys for each in self.signatures if key.signed(self.text, each)), None)


def signed(key: PrivateKey, *, size: int, root: bytes, at: datetime) -> str:
    """The head as a note; the log is called as its key is."""
    return key.sign(Head(key.name, size, root, f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}").text)


def heads(text: str) -> list[Head]:
    """Every head in a file of them, a copied text or a saved mail, whatever mail programs did to its lines."""
    if MAIL.search(text):
        body = message_from_string(text, policy=policy.default).get_body(("plain",))
        text = body.get_content() if body else text
    lines = (line.strip().removeprefix(">").strip() for line in text.splitlines())
    plain = "".join(f"{line}\n" for line in lines if line)
    return [_head(match) for match in HEAD.finditer(plain)]


def _head(match: re.Match[str]) -> Head:
    signatures = tuple(b64decode(each) for each in SIGNATURE.findall(match[5]))
    return Head(match[1], int(match[2]), b64decode(match[3]), match[4], signatures)
