"""The words of the risk method: factors of exposure, tiers, and how far an answer is verified."""

from __future__ import annotations

from enum import IntEnum

from suppliers.word import Word


class Factor(Word):
    """What makes a use dangerous before anyone protects it; each is scored 0 to 4."""

    PEOPLE = "people"
    DATA = "data"
    AUTONOMY = "autonomy"
    CRITICALITY = "criticality"
    REGULATORY = "regulatory"
    SCALE = "scale"
    SUBSTITUTABILITY = "substitutability"
    MATURITY = "maturity"


HIGHEST = 4
"""The highest score of a factor; what is not known counts as this."""


class Tier(IntEnum):
    """How much care a use needs; a smaller number is stricter."""

    CRITICAL = 1
    HIGH = 2
    MEDIUM = 3
    LOW = 4

    @property
    def label(self) -> str:
        return f"T{self.value} {self.name.lower()}"


class Verification(Word):
    """How far an answer was checked."""

    SAID = "said"
    ATTACHED = "attached"
    ACCEPTED = "accepted"
    INDEPENDENT = "independent"
    WEAK = "weak"
    CONTRADICTED = "contradicted"
