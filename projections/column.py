"""A typed copy of something in a row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple


class Column(NamedTuple):
    """A typed copy of something in the row, for filters and order. `sql` makes the value from what is handed in.

    One that is only of use with an index of the live rows is not kept `by_day`.
    """

    name: str
    type: str
    value: Callable[[Any], object]
    given_as: str = ""
    sql: str = "{}"
    by_day: bool = True

    @property
    def array(self) -> str:
        """The type of the array in which the values of many rows are handed in."""
        return f"{self.given_as or self.type}[]"
