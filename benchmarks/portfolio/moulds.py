"""A fact of a life with gaps where another life has something else: ids, its name, and days."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from benchmarks.portfolio.lives import NAME
from benchmarks.portfolio.templates import ID, SHARED
from suppliers.aggregate import DomainEvent

DAY = rb'(?<=")\d{4}-\d{2}-\d{2}(?=[T"])'
"""A date, or that of a time, where a text begins with it."""
VARIES = re.compile(rb"%s|%s|%s" % (ID.pattern.encode(), NAME.encode(), DAY))
HIDDEN = {"originator_id", "originator_version"}

Gap = Callable[[int, int], bytes]
"""What a life, moved by so many days, has in a place."""


@dataclass(frozen=True)
class Mould:
    """Nothing is sealed: keys are measured elsewhere."""

    topic: str
    version: int
    stream: Gap
    day: int
    pieces: Sequence[bytes]
    gaps: Sequence[Gap]

    @classmethod
    def of(cls, fact: DomainEvent, began: datetime) -> Mould:
        version = type(fact).class_version
        state = fact.model_dump_json(exclude=HIDDEN).encode()
        if version > 1:
            state = b'{"class_version":%d,' % version + state[1:]
        pieces, gaps = [], []
        for piece, found in zip(VARIES.split(state), [*VARIES.findall(state), b""], strict=True):
            pieces.append(piece)
            gaps.append(_gap(found))
        stream = _gap(str(fact.originator_id).encode())
        return cls(fact.TOPIC, fact.originator_version, stream, (fact.timestamp - began).days, pieces, gaps)

    def cast(self, life: int, days: int) -> bytes:
        """The fact as of another life that is so many days later."""
        found: list[bytes] = []
        for piece, gap in zip(self.pieces, self.gaps, strict=True):
            found += (piece, gap(life, days))
        return b"".join(found)


def _gap(found: bytes) -> Gap:
    if found == NAME.encode():
        return lambda life, _: b"Supplier %06d" % life
    if not found or found.decode() in SHARED:
        return lambda *_: found
    if len(found) == len("2026-01-31"):
        day = date.fromisoformat(found.decode()).toordinal()
        return lambda _, days: _written(day + days)
    first, last = found[:-12], int(found[-12:], 16)
    return lambda life, _: first + b"%012x" % (last ^ (life * 2_654_435_761) & 0xFFFFFFFFFFFF)


@cache
def _written(day: int) -> bytes:
    return date.fromordinal(day).isoformat().encode()
