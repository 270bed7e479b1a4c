"""Ids and chance of one demo: both follow from its seed, so the same seed tells the same story."""

from __future__ import annotations

from itertools import count
from random import Random
from uuid import UUID, uuid5

DEMO = UUID("5b1f5d0e-94a1-4f0e-9d6e-2f6c1a7e40aa")


class Names:
    """Things are named by what they are in the story, not by the order in which they come to be."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._space = uuid5(DEMO, seed)
        self._commands = count(1)

    def id(self, *path: object) -> UUID:
        return uuid5(self._space, "/".join(map(str, path)))

    def command(self) -> UUID:
        """For the next command in the order of time, which follows from the seed as well."""
        return self.id("command", next(self._commands))

    def chance(self, *path: object) -> Random:
        """Dice of one's own: what one story throws does not change another."""
        return Random("/".join(map(str, (self._seed, *path))))
