"""The scoring policy: weights, limits, points and appetite, as versioned data."""

from __future__ import annotations

from functools import cache, cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from suppliers.bundled import bundled
from suppliers.errors import Refusal
from suppliers.factors import HIGHEST, Factor, Tier, Verification
from suppliers.questionnaires.conditions import Condition
from suppliers.questionnaires.model import Domain, Severity

Share = Annotated[float, Field(ge=0, le=1)]
Points = Annotated[float, Field(ge=0, le=100)]
Score = Annotated[int, Field(ge=0, le=HIGHEST)]


class NoSuchPolicy(Refusal):
    """There is no such scoring policy."""


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
    watch: Points
    elevated: Points
    unacceptable: Points


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


class ScoringPolicy(Part):
    """One version of the policy."""

    format: Literal["scoring_policy/1"] = Field(alias="schema")
    id: str
    version: int
    title: str
    note: str
    approved_by: str | None
    factors: tuple[FactorRule, ...]
    implied_by_data_class: dict[str, Score]
    implied: tuple[Implied, ...]
    tiers: dict[Tier, Points]
    floors: tuple[Floor, ...]
    drivers: dict[Domain, tuple[Factor, ...]]
    exposure_share: Share
    effectiveness: Effectiveness
    findings: FindingPoints
    residual: Residual
    bands: Bands
    confidence: ConfidenceLimits
    worst_domain_cap: Points
    appetite: dict[Tier, Appetite]
    cadence: dict[Tier, Cadence]
    reminders: Reminders
    approval: Approval

    @model_validator(mode="after")
    def _complete(self) -> ScoringPolicy:
        complete = (
            (set(self.weights), set(Factor)),
            (set(self.drivers), set(Domain)),
            (set(self.effectiveness.verification), set(Verification)),
            (set(self.findings.points), set(Severity)),
            (set(self.tiers) & set(self.appetite) & set(self.cadence), set(Tier)),
        )
        if any(given != wanted for given, wanted in complete):
            raise ValueError("the policy does not cover every factor, domain, verification, severity and tier")
        if abs(sum(self.weights.values()) - 1) > 1e-9 or abs(self.residual.mean + self.residual.worst - 1) > 1e-9:
            raise ValueError("weights do not sum to 1")
        return self

    @cached_property
    def weights(self) -> dict[Factor, float]:
        return {rule.id: rule.weight for rule in self.factors}

    @property
    def ref(self) -> str:
        """`id@version`, as a posture and a decision remember it."""
        return f"{self.id}@{self.version}"


POLICIES = ("scoring_policy_v1.yaml",)
"""All versions, oldest first."""


@cache
def policies() -> dict[str, ScoringPolicy]:
    """Every bundled version by its `ref`."""
    loaded = (ScoringPolicy.model_validate(bundled(name)) for name in POLICIES)
    return {policy.ref: policy for policy in loaded}


def policy(ref: str | None = None) -> ScoringPolicy:
    """A version of the policy; the newest when none is named."""
    if ref is None:
        return list(policies().values())[-1]
    if found := policies().get(ref):
        return found
    raise NoSuchPolicy(ref)
