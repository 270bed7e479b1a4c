"""What is wrong with the log, and where it begins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple
from uuid import UUID

from events.tree.leaf import Leaf

Kind = Literal["changed", "removed", "inserted", "swapped", "disordered", "seal", "head"]


class Finding(NamedTuple):
    """The first event that is not as it was, or the seal or head that does not fit. `sentence` is for people."""

    position: int
    kind: Kind
    sentence: str


class LogChanged(Exception):
    """The log is not what it was when it was sealed."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.sentence)
        self.finding = finding


def named(leaf: Leaf) -> str:
    """An event, as people can find it."""
    try:
        topic = leaf.stored.topic
    except (ValueError, OverflowError):
        topic = "unreadable"
    return f"event {leaf.position} ({topic}, stream {UUID(bytes=leaf.stream)}, version {leaf.version})"


def explained(position: int, actual: Mapping[int, Leaf], sealed: Mapping[int, bytes]) -> Finding:
    """What happened at the first position where log and seals differ.

    `actual` and `sealed` hold what stands there and at other places that differ, and at the next position.
    """
    here = actual.get(position)
    if here is None:
        return Finding(position, "removed", f"Event {position} was removed: nothing stands at its position.")
    for other, leaf in actual.items():
        if other != position and _was_at(here, other, sealed) and _was_at(leaf, position, sealed):
            said = f"Swapped: {named(here)} stood at position {other}, and {named(leaf)} at position {position}."
            return Finding(position, "swapped", said)
    after = actual.get(position + 1)
    if after and _was_at(after, position, sealed):
        said = f"Inserted: {named(here)} was put in, and the events from there on were moved down by one."
        return Finding(position, "inserted", said)
    if _was_at(here, position + 1, sealed):
        said = (
            f"Event {position} was removed, and the events after it were moved up by one: there is now {named(here)}."
        )
        return Finding(position, "removed", said)
    return Finding(position, "changed", f"Changed: {named(here)} is not as it was when it was sealed.")


def _was_at(leaf: Leaf, position: int, sealed: Mapping[int, bytes]) -> bool:
    return position in sealed and leaf.hash_at(position) == sealed[position]
