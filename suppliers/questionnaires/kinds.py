"""How an answer becomes a score: the scoring kinds of the format."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from suppliers.questionnaires.conditions import Strict, Test

Share = Annotated[float, Field(ge=0, le=1)]


class OptionScore(Strict):
    """The score of the chosen option."""

    kind: Literal["option"]


class Coverage(Strict):
    """Sum of the points of the chosen options, as a share of a target."""

    kind: Literal["coverage"]
    target_points: float = Field(gt=0)


class Penalty(Strict):
    """One, less the points of the chosen options."""

    kind: Literal["penalty"]


class Band(Test):
    score: Share


class Bands(Strict):
    """The score of the first band that matches, else the default."""

    kind: Literal["bands"]
    direction: Literal["higher_better", "lower_better"]
    bands: tuple[Band, ...] = Field(min_length=1)
    default: Share


class Freshness(Strict):
    """One up to an age, then falling evenly to zero at twice that age."""

    kind: Literal["freshness"]
    max_age_days: int = Field(gt=0)

    def at_age(self, days: int) -> float:
        """The score of something that many days old."""
        return min(1.0, max(0.0, 2 - days / self.max_age_days))


class Presence(Strict):
    """One when a reviewer accepted a file, else zero."""

    kind: Literal["presence"]


class ReviewerMark(Strict):
    """A reviewer's mark."""

    kind: Literal["reviewer"]


class NoScore(Strict):
    """Information only."""

    kind: Literal["none"]


Scoring: TypeAlias = Annotated[
    OptionScore | Coverage | Penalty | Bands | Freshness | Presence | ReviewerMark | NoScore,
    Field(discriminator="kind"),
]
