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
        if type(given) is bytes:
            text, number = _text(given.hex()), int.from_bytes(given, "big")
        elif type(given) is str and CANONICAL.fullmatch(given):
            text, number = given, int(given.replace("-", ""), 16)
        else:
            raise ValueError(f"{given!r} is not written as ids are here")
        if len(self) > MOST:
            self.clear()
        self[given] = self[text] = known = self.get(text) or _made(text, number)
        return known


def _text(digits: str) -> str:
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def _made(text: str, number: int) -> Id:
    made: Id = _NEW(Id)
    _SET_INT(made, number)
    _SET_SAFE(made, _UNKNOWN)
    _SET_TEXT(made, text)
    return made


_NEW, _UNKNOWN = object.__new__, SafeUUID.unknown
_SET_INT, _SET_SAFE = vars(UUID)["int"].__set__, vars(UUID)["is_safe"].__set__
_SET_TEXT = vars(Id)["text"].__set__
