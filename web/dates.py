"""Dates as people say them: in words, and as days from now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from typing import Any

from babel.dates import format_date

LOCALE = "en"


def days_between(now: dt.date, then: dt.date) -> int:
    """Whole calendar days from now until then; negative when it has passed."""
    return (then - now).days


def relative(days: int) -> str:
    """Days from now in words: "today", "in 3 days", "6 days ago"."""
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if days in near:
        return near[days]
    amount = _amount(abs(days))
    return f"in {amount}" if days > 0 else f"{amount} ago"


def lateness(days: int) -> str:
    """How a due date stands: "Overdue 6 days", "Due today", "Due in 3 days"."""
    return f"Overdue {_amount(-days)}" if days < 0 else f"Due {relative(days)}"


def _amount(days: int) -> str:
    """Days up to about two months, then months, then years: no one counts 240 days."""
    if days <= 60:
        return _counted(days, "day")
    months = round(days / 30.44)
    return _counted(months, "month") if months < 24 else _counted(round(days / 365.25), "year")


def _counted(amount: int, unit: str) -> str:
    return f"{amount} {unit}" if amount == 1 else f"{amount} {unit}s"


@lru_cache(maxsize=4096)
def _written(day: dt.date, pattern: str) -> str:
    """A page shows the same few days many times."""
    return format_date(day, pattern, locale=LOCALE)


class Calendar:
    """Formats moments in the instance's time zone."""

    def __init__(self, zone: tzinfo = UTC) -> None:
        self.zone = zone

    def day(self, value: dt.date) -> dt.date:
        """The calendar day of a moment where the instance stands."""
        return value.astimezone(self.zone).date() if isinstance(value, datetime) else value

    def date(self, value: dt.date | None) -> str:
        return "" if value is None else _written(self.day(value), "d MMM y")

    def short_date(self, value: dt.date | None) -> str:
        return "" if value is None else _written(self.day(value), "d MMM")

    def long_date(self, value: dt.date | None) -> str:
        return "" if value is None else _written(self.day(value), "EEEE d MMMM y")

    def month(self, value: dt.date | None) -> str:
        return "" if value is None else _written(self.day(value), "MMMM y")

    def time(self, value: datetime | None) -> str:
        return "" if value is None else f"{value.astimezone(self.zone):%H:%M}"

    def moment(self, value: datetime | None) -> str:
        return "" if value is None else f"{self.date(value)}, {self.time(value)}"

    def days(self, value: dt.date, now: dt.date) -> int:
        return days_between(self.day(now), self.day(value))

    def relative(self, value: dt.date | None, now: dt.date) -> str:
        return "" if value is None else relative(self.days(value, now))

    def lateness(self, value: dt.date, now: dt.date) -> str:
        return lateness(self.days(value, now))

    def iso(self, value: dt.date | None) -> str:
        return "" if value is None else value.isoformat()

    def filters(self) -> Mapping[str, Callable[..., Any]]:
        """The filters by the names templates use."""
        named = (self.date, self.short_date, self.long_date, self.month, self.time, self.moment, self.relative,
                 self.lateness, self.iso, self.days, self.day)  # fmt: skip
        return {method.__name__: method for method in named}
