"""Where signed heads go: a file that only grows, and an address they are PUT to."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from cli.sealing.sigv4 import Keys, checksum, signed
from cli.settings import Settings
from events.tree.heads import Head, heads

TIME = 10.0
THERE_ALREADY = 412
HEADERS = {"Content-Type": "text/plain; charset=utf-8", "If-None-Match": "*"}
LONGEST = 500
"""Bytes of what a store says that refuses."""


class Refused(OSError):
    """The store does not take the head, and says why."""


def last_head(file: Path | None) -> Head | None:
    """The last one that was written."""
    if file is None or not file.exists():
        return None
    found = heads(file.read_text(encoding="utf-8"))
    return found[-1] if found else None


def append(file: Path, note: str) -> None:
    """On the disk when this returns."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    with os.fdopen(descriptor, "a", encoding="utf-8") as open_file:
        open_file.write(f"{note}\n")
        open_file.flush()
        os.fsync(descriptor)


class Store(NamedTuple):
    """What heads are PUT under, and how it is opened."""

    prefix: str
    token: str | None = None
    keys: Keys | None = None

    def request(self, name: str, body: bytes, at: datetime) -> Request:
        url, headers = f"{self.prefix.rstrip('/')}/{name}", dict(HEADERS)
        if self.keys:
            return signed("PUT", url, body, headers | checksum(body), keys=self.keys, at=at)
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        return Request(url, data=body, headers=headers, method="PUT")


def store_of(settings: Settings) -> Store | None:
    """None where heads are not put anywhere."""
    if not settings.heads_url:
        return None
    id, secret, token = settings.heads_access_key, settings.heads_secret_key, settings.heads_token
    keys = Keys(id, secret.get_secret_value(), settings.heads_region) if id and secret else None
    return Store(settings.heads_url, token.get_secret_value() if token else None, keys)


def put(store: Store, head: Head, note: str) -> None:
    """Under a name of its own: what is there is not replaced, if the store can be told so."""
    name = f"{head.size:012d}-{head.time.replace(':', '')}.txt"
    try:
        with urlopen(store.request(name, note.encode(), datetime.fromisoformat(head.time)), timeout=TIME):
            pass
    except HTTPError as answer:
        if answer.code != THERE_ALREADY:
            raise Refused(f"{answer}: {answer.read(LONGEST).decode(errors='replace')}") from answer
