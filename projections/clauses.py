"""Conditions of a query that are only there when they are asked for."""

from __future__ import annotations

from collections.abc import Iterable


class Clauses:
    """Collects conditions with their values; a `{}` in a condition becomes the number of its value."""

    def __init__(self) -> None:
        self._conditions: list[str] = []
        self.values: list[object] = []

    def add(self, condition: str, *values: object) -> None:
        first = len(self.values) + 1
        self._conditions.append(condition.format(*(f"${number}" for number in range(first, first + len(values)))))
        self.values += values

    def among(self, column: str, words: Iterable[object]) -> None:
        """One of several of our own words or numbers, or of none all. They stand in the statement itself, and a single
        one as such: how many rows have it decides how to look for them, and an index keeps its order only for one."""
        known = [_literal(each) for each in words]
        if known:
            self._conditions.append(
                f"{column} = {known[0]}" if len(known) == 1 else f"{column} IN ({', '.join(known)})"
            )

    @property
    def where(self) -> str:
        return f"WHERE {' AND '.join(self._conditions)}" if self._conditions else ""


def _literal(value: object) -> str:
    if isinstance(value, int):
        return str(int(value))
    assert isinstance(value, str) and value.replace("_", "").isalpha(), value
    return f"'{value}'"
