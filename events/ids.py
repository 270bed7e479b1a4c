"""Ids that come again and again are one object each, which knows its text: folds ask for it with every event."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, SafeUUID

MOST = 50_000
"""Ids at hand."""
CANONICAL = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


class Id(UUID):
    """A UUID whose text is at hand."""

    __slots__ = ("text",)
    text: str

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"UUID({self.text!r})"

    def __reduce__(self) -> Any:
        return UUID, (self.text,)


class Ids(dict[str | bytes, Id]):
    """By their text or their sixteen bytes; what is no text as we write it is a `ValueError`."""

    def __missing__(self, given: str | bytes) -> Id:
        text = _text(given) if type(given) is bytes else given
        if type(text) is not str or not CANONICAL.fullmatch(text):
            raise ValueError(f"{text!r} is not written as ids are here")
        if len(self) > MOST:
            self.clear()
        known = self.get(text)
        self[given] = self[text] = known = known or _made(text)
        return known


def _text(given: bytes) -> str:
    digits = given.hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def _made(text: str) -> Id:
    made = Id.__new__(Id)
    _SET_INT(made, int(text.replace("-", ""), 16))
    _SET_SAFE(made, SafeUUID.unknown)
    _SET_TEXT(made, text)
    return made


_SET_INT, _SET_SAFE = vars(UUID)["int"].__set__, vars(UUID)["is_safe"].__set__
_SET_TEXT = vars(Id)["text"].__set__
