"""Things to compare are measured in turns, round after round, so that a busy moment hits all of them."""

from __future__ import annotations

import gc
import math
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Literal, TypeAlias, TypeVar

T = TypeVar("T")
Sample: TypeAlias = Callable[[], Awaitable[float]]


@dataclass(frozen=True)
class Measure:
    """What was found out about one thing, one number for each round."""

    label: str
    samples: tuple[float, ...]

    @property
    def median(self) -> float:
        return median(self.samples)


@dataclass(frozen=True)
class Table:
    """Measures in one unit, side by side.

    `baseline` is the label that ratios refer to; in a table of many things each measured at two sizes, `against` has
    each label's own baseline, and `baseline` is what they have in common.
    """

    title: str
    unit: str
    better: Literal["more", "less"]
    measures: tuple[Measure, ...]
    baseline: str | None = None
    note: str = ""
    against: Mapping[str, Measure] = field(default_factory=dict)

    def of(self, label: str) -> Measure:
        return next(each for each in self.measures if each.label == label)

    def ratio(self, measure: Measure) -> float | None:
        """How many times the baseline; of a time, too."""
        if self.baseline is None:
            return None
        baseline = (self.against[measure.label] if self.against else self.of(self.baseline)).median
        return measure.median / baseline if baseline else None


@dataclass(frozen=True)
class Findings:
    """What one benchmark found. `left_out` says what was not measured, and why."""

    name: str
    title: str
    tables: tuple[Table, ...]
    method: str = ""
    left_out: tuple[str, ...] = field(default=())


async def in_turns(rounds: int, samples: Mapping[str, Sample]) -> tuple[Measure, ...]:
    """A measure of each, from one number a round."""
    found = await rounds_of(rounds, samples)
    return tuple(Measure(label, tuple(values)) for label, values in found.items())


async def rounds_of(rounds: int, samples: Mapping[str, Callable[[], Awaitable[T]]]) -> dict[str, list[T]]:
    """Every sample once a round, after a round that does not count; each round begins with another one."""
    labels = list(samples)
    found: dict[str, list[T]] = {label: [] for label in labels}
    for number in range(rounds + 1):
        gc.collect()
        first = number % len(labels)
        for label in labels[first:] + labels[:first]:
            value = await samples[label]()
            if number:
                found[label].append(value)
    return found


def at(share: float, label: str, found: Sequence[Sequence[float]]) -> Measure:
    """A percentile of each round's times."""
    return Measure(label, tuple(percentile(values, share) for values in found))


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of all do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
