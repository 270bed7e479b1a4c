"""The geometry of our small charts; the SVG itself is in `macros/charts.html`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple


class Point(NamedTuple):
    """A place in a drawing."""

    x: float
    y: float

    def __str__(self) -> str:
        return f"{self.x:g},{self.y:g}"


@dataclass(frozen=True)
class Line:
    """A drawn series: its points, as a polyline and as the area under it."""

    points: Sequence[Point]
    floor: float

    @cached_property
    def path(self) -> str:
        return " ".join([f"{x:g},{y:g}" for x, y in self.points])

    @property
    def area(self) -> str:
        first, last = self.points[0], self.points[-1]
        return f"{Point(first.x, self.floor)} {self.path} {Point(last.x, self.floor)}"

    @property
    def last(self) -> Point:
        return self.points[-1]


@dataclass(frozen=True)
class Plot:
    """A drawing area and the range of values it shows, bottom to top."""

    width: float
    height: float
    low: float = 0
    high: float = 100
    left: float = 0
    top: float = 0

    def y(self, value: float) -> float:
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return round((self.top + self.height * (1 - share)) * 10) / 10  # sooner done than rounded to a digit

    def line(self, values: Sequence[float]) -> Line:
        """From left to right; a single value stands in the middle."""
        count = len(values)
        begin, step = (self.left, self.width / (count - 1)) if count > 1 else (self.left + self.width / 2, 0)
        points = [Point(round((begin + at * step) * 10) / 10, self.y(value)) for at, value in enumerate(values)]
        return Line(points, floor=self.top + self.height)


def sparkline(values: Sequence[float], width: float = 84, height: float = 24, pad: float = 4) -> Line:
    """A small line scaled to its own row; a change under ten points must not look like a cliff."""
    low, high = min(values), max(values)
    spare = max(10 - (high - low), 0) / 2
    plot = Plot(width - 2 * pad, height - 2 * pad, low - spare, high + spare, pad, pad)
    return Line(plot.line(values).points, floor=height)


@dataclass(frozen=True)
class Step:
    """One row of a waterfall: where its bar starts and how wide it is, in points of 100."""

    start: float
    width: float
    rises: bool


def waterfall(start: float, changes: Sequence[float]) -> Sequence[Step]:
    """Where each change's bar stands when each begins where the one before ended."""
    steps, at = [], start
    for change in changes:
        low, high = sorted((_within(at), _within(at + change)))
        steps.append(Step(round(low, 1), round(high - low, 1), change > 0))
        at += change
    return steps


def _within(value: float) -> float:
    return min(max(value, 0.0), 100.0)
