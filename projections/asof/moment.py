"""A moment to look back to, on one of two axes: what we knew then, or what was true then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Literal

from suppliers.errors import Refusal

TICK = timedelta(microseconds=1)
DAY = timedelta(days=1)
HIGHEST = 2**63 - 1


class Axis(StrEnum):
    """KNOWN: what was recorded by then. TRUE: what had happened by then, whenever we heard of it."""

    KNOWN = "known"
    TRUE = "true"


class NoMoment(Refusal):
    """Give a day such as 2026-03-14, a time such as 2026-03-14T09:30Z, or a position in the record."""


class StillToCome(Refusal):
    """That moment has not come yet."""


class BeforeTheRecord(Refusal):
    """Nothing was on the record then."""


class PositionIsKnown(Refusal):
    """A position in the record says what we knew; what was true is asked of a day or a time."""


Wanted = date | datetime | int
"""A day up to its end (UTC), a time, or a position in the log."""


@dataclass(frozen=True)
class Moment:
    """Everything before `until` counts and, of the log, nothing past `position`. `day` is the one it is judged on."""

    axis: Axis
    until: datetime
    position: int
    asked_as: Literal["day", "time", "position"] = "day"

    @property
    def day(self) -> date:
        return (self.until - TICK).date()

    @property
    def said(self) -> str:
        """As it stands in an address."""
        if self.asked_as == "day":
            return self.day.isoformat()
        if self.asked_as == "position":
            return str(self.position)
        return (self.until - TICK).isoformat().replace("+00:00", "Z")


def wanted(text: str) -> Wanted:
    """What somebody wrote."""
    text = text.strip()
    if text.isdecimal() and len(text) < 19 and not (len(text) == 8 and text.startswith("20")):
        return int(text)
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as nonsense:  # in UTC it may lie before the first year
        raise NoMoment from nonsense


def axis_of(text: str | None) -> Axis:
    """The axis by its name; what we knew when none is named."""
    try:
        return Axis(text or Axis.KNOWN)
    except ValueError as nonsense:
        raise NoMoment from nonsense


def end_of(when: date) -> datetime:
    """Everything before this counts: the day after, or the next tick of a time."""
    if isinstance(when, datetime):
        return when + TICK
    return datetime.combine(when + DAY, time(0, tzinfo=UTC))
