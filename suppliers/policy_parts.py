"""The parts of a scoring policy."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from suppliers.factors import HIGHEST, Factor, Tier, Verification
from suppliers.questionnaires.conditions import Condition
from suppliers.questionnaires.model import Severity

Share = Annotated[float, Field(ge=0, le=1)]
Points = Annotated[float, Field(ge=0, le=100)]
Score = Annotated[int, Field(ge=0, le=HIGHEST)]


class Part(BaseModel):
    """A part of the policy; a key it does not know is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class FactorRule(Part):
    """A factor, its weight, and what each score means in words; no words = the score is not offered."""

    id: Factor
    title: str
    weight: Share
    anchors: tuple[str | None, ...] = Field(min_length=HIGHEST + 1, max_length=HIGHEST + 1)

    @property
    def choices(self) -> tuple[tuple[int, str], ...]:
        """What a form offers: score and its meaning."""
        return tuple((score, words) for score, words in enumerate(self.anchors) if words is not None)


class Implied(Part):
    factor: Factor
    score: Score
    when: Condition


class Floor(Part):
    """A reason for a stricter tier than the score gives."""

    id: str
    tier: Tier
    reason: str
    when: Condition


class Effectiveness(Part):
    verification: dict[Verification, Share]
    grace_days: int = Field(ge=0)
    prior: Share
    most_removed: Share


class FindingPoints(Part):
    points: dict[Severity, Points]
    most_per_domain: Points
    overdue: float = Field(ge=1)
    accepted: Share
    due_days: dict[Severity, int]


class Residual(Part):
    mean: Share
    worst: Share


class Bands(Part):
    """From how many points each begins."""

    watch: Points
    elevated: Points
    unacceptable: Points

    @model_validator(mode="after")
    def _rising(self) -> Bands:
        if not self.watch < self.elevated < self.unacceptable:
            raise ValueError("watch has to begin below elevated, and elevated below unacceptable")
        return self


class ConfidenceLimits(Part):
    high: Share
    medium: Share


class Appetite(Part):
    """What the company is ready to approve without conditions."""

    below: Points
    confidence: Share = 0.0
    high_findings_need_plan: bool = False


class Cadence(Part):
    full_months: int
    light_months: int | None
    monitoring_months: int
    answer_days: int


class Reminders(Part):
    """Days on which a vendor is reminded, and what follows silence."""

    after_sending: tuple[int, ...]
    around_deadline: tuple[int, ...]
    escalate_after: int
    finding_after: int
    launch_before_due: int
    lapse_after: int


class Approval(Part):
    conditional_days: int
    pack_days: int
    stale_points: float
