"""What is wrong with a file: where, with which value, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

SHOWN = 60
"""Characters of a value that are repeated in a problem."""


class Problem(NamedTuple):
    """Line 0 is the file as a whole; line 1 usually is the header. A warning stops nothing."""

    line: int
    column: str
    value: str
    sentence: str
    severity: Literal["error", "warning"] = "error"

    @property
    def stops(self) -> bool:
        return self.severity == "error"

    def __str__(self) -> str:
        shown = self.value if len(self.value) <= SHOWN else self.value[: SHOWN - 1] + "…"
        where = [f"Line {self.line}" if self.line else "", self.column, f"“{shown}”" if shown else ""]
        text = ": ".join([", ".join(filter(None, where)), self.sentence] if any(where) else [self.sentence])
        return text if self.stops else f"{text} (warning)"


def errors(problems: Iterable[Problem]) -> list[Problem]:
    return [each for each in problems if each.stops]


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """By line; what stops the import before what does not."""
    return tuple(sorted(problems, key=lambda each: (each.line, each.severity)))
