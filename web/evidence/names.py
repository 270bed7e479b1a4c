"""The name of a file that somebody sent: its last part, without anything that could mislead."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath
from urllib.parse import quote

LONGEST = 120


def base_name(sent: str) -> str:
    """`../../etc/pass\\twd.pdf` becomes `passwd.pdf`; control and direction-changing characters go."""
    last = unicodedata.normalize("NFC", sent).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(each for each in last if unicodedata.category(each) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))
    name = PurePosixPath(kept.strip(" .") or "file")
    return name.stem[: LONGEST - len(name.suffix)].rstrip() + name.suffix


def extension(name: str) -> str:
    """In lower case, without the dot."""
    return PurePosixPath(name).suffix[1:].lower()


def disposition(name: str) -> str:
    """Saved under its name, never shown in the page."""
    plain = "".join(each if each.isascii() and each not in '"\\;%' else "_" for each in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
