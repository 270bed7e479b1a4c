"""Suppliers' lives that go on side by side without end, each at another point, as on any day of a real log."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from random import Random

from benchmarks.portfolio.names import Named, names
from benchmarks.portfolio.templates import MIX, Template, templates
from suppliers.aggregate import DomainEvent


class Ongoing:
    """So many lives at any time; when one ends, another begins. `before` is what had happened until one looks."""

    def __init__(self, kinds: list[tuple[Template, float]], at_once: int, seed: int) -> None:
        self._random = Random(seed)
        self._named: Iterator[Named] = names(self._random)
        self._templates = [template for template, _ in kinds]
        self._weights = [weight for _, weight in kinds]
        self.before: list[DomainEvent] = []
        self._lives = [self._begun() for _ in range(at_once)]

    def __iter__(self) -> Iterator[DomainEvent]:
        while True:
            place = self._random.randrange(len(self._lives))
            event = next(self._lives[place], None)
            if event is None:
                (template,) = self._random.choices(self._templates, self._weights)
                self._lives[place] = self._lived(template)
            else:
                yield event

    def _begun(self) -> Iterator[DomainEvent]:
        """One that is found at some moment: a long one sooner than a short one, and anywhere in it."""
        long = [len(template.events) * weight for template, weight in zip(self._templates, self._weights, strict=True)]
        (template,) = self._random.choices(self._templates, long)
        life = self._lived(template)
        self.before += islice(life, self._random.randrange(len(template.events)))
        return life

    def _lived(self, template: Template) -> Iterator[DomainEvent]:
        return template.again(next(self._named), self._random)


async def ongoing(at_once: int, *, seed: int) -> Ongoing:
    """In the mix of the portfolio."""
    known = await templates()
    kinds = [(each, weight / len(known[life])) for life, weight in MIX for each in known[life]]
    return Ongoing(kinds, at_once, seed)
