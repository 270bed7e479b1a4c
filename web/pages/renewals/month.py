"""A month in the address: read, and moved on by one."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

WRITTEN = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True)
class Month:
    """`str(month)` is how it stands in the address: 2026-01."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    def plus(self, months: int) -> Month:
        years, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Month(years, month + 1)


def month_of(text: str, today: date) -> Month:
    """The month that is asked for, else the present one."""
    found = WRITTEN.fullmatch(text)
    if found and 1 <= int(found[2]) <= 12 and 2000 <= int(found[1]) < 2100:
        return Month(int(found[1]), int(found[2]))
    return Month(today.year, today.month)
