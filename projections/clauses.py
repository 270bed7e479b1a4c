"""Conditions of a query that are only there when they are asked for, and words as a search."""

from __future__ import annotations

from collections.abc import Sequence

from suppliers.likeness import words


class Clauses:
    """Collects conditions with their values; a `{}` in a condition becomes the number of its value."""

    def __init__(self) -> None:
        self._conditions: list[str] = []
        self.values: list[object] = []

    def add(self, condition: str, *values: object) -> None:
        first = len(self.values) + 1
        self._conditions.append(condition.format(*(f"${number}" for number in range(first, first + len(values)))))
        self.values += values

    def among(self, column: str, values: Sequence[object]) -> None:
        """One of several, or of none all; a single one as such, since an index keeps its order only then."""
        if len(values) == 1:
            self.add(f"{column} = {{}}", values[0])
        elif values:
            self.add(f"{column} = ANY({{}})", list(values))

    @property
    def where(self) -> str:
        return f"WHERE {' AND '.join(self._conditions)}" if self._conditions else ""


def prefixes(text: str) -> str:
    """Every word typed begins a word looked for, as a tsquery; nothing but signs finds nothing."""
    return " & ".join(f"'{word}':*" for word in words(text)) or "'-nothing-'"
