"""Numbers as people read them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import floor
from typing import Any

MINUS = "\N{MINUS SIGN}"
UNITS = ("bytes", "KB", "MB", "GB")


def number(value: float, digits: int = 0) -> str:
    """Grouped by thousands, with a real minus sign: 12,345."""
    return f"{value:,.{digits}f}".replace("-", MINUS)


def score(value: float | None) -> str:
    """A score with one decimal; an absent one is a dash."""
    return "–" if value is None else number(value, 1)


def whole(value: float | None) -> str:
    """A score cut to its whole part: 44.9 is still Watch, so it must not read as 45."""
    return "–" if value is None else number(floor(value))


def signed(value: float, digits: int = 1) -> str:
    """A change with its sign: +3.2, −10.0, ±0."""
    text = number(abs(value), digits)
    if not float(text.replace(",", "")):
        return "±0"
    return f"{'+' if value > 0 else MINUS}{text}"


def percent(share: float) -> str:
    """A share of one as a percentage: 0.695 becomes 70%."""
    return f"{number(share * 100)}%"


def plural(value: int, one: str, many: str = "") -> str:
    """A count with its noun: "1 supplier", "3 suppliers"."""
    return f"{number(value)} {one if value == 1 else many or one + 's'}"


def size(amount: float) -> str:
    """A file's size: 1.2 MB."""
    power = 0
    while amount >= 1000 and power < len(UNITS) - 1:
        amount /= 1000
        power += 1
    return f"{amount:.{1 if power else 0}f} {UNITS[power]}"


FILTERS: Mapping[str, Callable[..., Any]] = {
    each.__name__: each for each in (number, score, whole, signed, percent, plural, size)
}
