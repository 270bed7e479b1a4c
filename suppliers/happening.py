"""What is noted later than it happened: the day it happened is on the record beside the time it was recorded."""

from __future__ import annotations

from datetime import date, datetime

from suppliers.aggregate import Aggregate
from suppliers.errors import Refusal
from suppliers.ports import Command


class StillAhead(Refusal):
    """That day has not come yet. Note it when it has happened."""


class BeforeItBegan(Refusal):
    """On that day this was not on the record yet."""


class Backdated(Command):
    """A command about something that may have happened on an earlier day; without one it happens now."""

    happened_on: date | None = None


def happened(command: Backdated, about: Aggregate, *, now: datetime) -> datetime:
    """When it happened: on the day that was named, at this time of day."""
    day = command.happened_on
    if day is None or day == now.date():
        return now
    if day > now.date():
        raise StillAhead
    if day < about.created_on.date():
        raise BeforeItBegan
    return max(datetime.combine(day, now.timetz()), about.created_on)
