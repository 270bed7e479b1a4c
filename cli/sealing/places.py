"""Where signed heads go: a file that only grows, and an address they are PUT to."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from events.tree.heads import Head, heads

TIME = 10.0
THERE_ALREADY = 412


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


def put(prefix: str, token: str | None, head: Head, note: str) -> None:
    """Under a name of its own: what is there is not replaced, if the store can be told so."""
    name = f"{head.size:012d}-{head.time.replace(':', '')}.txt"
    headers = {"Content-Type": "text/plain; charset=utf-8", "If-None-Match": "*"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    request = Request(f"{prefix.rstrip('/')}/{name}", data=note.encode(), headers=headers, method="PUT")
    try:
        with urlopen(request, timeout=TIME):
            pass
    except HTTPError as answer:
        if answer.code != THERE_ALREADY:
            raise
