"""The scoring policy: weights, limits, points and appetite, as versioned data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, cached_property
from operator import itemgetter
from typing import Literal

from pydantic import Field, model_validator

from suppliers.attestation_types import AttestationType, attestation_rules
from suppliers.bundled import bundled
from suppliers.errors import Refusal
from suppliers.factors import Factor, Tier, Verification
from suppliers.policy_parts import (
    Appetite,
    Approval,
    Bands,
    Cadence,
    ConfidenceLimits,
    Effectiveness,
    FactorRule,
    FindingPoints,
    Floor,
    Implied,
    Part,
    Points,
    Reminders,
    Residual,
    Score,
    Share,
)
from suppliers.questionnaires.model import Domain, Severity


class NoSuchPolicy(Refusal):
    """There is no such scoring policy."""


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

    @cached_property
    def driving(self) -> tuple[tuple[Domain, Callable[[Mapping[Factor, int]], tuple[int, ...]] | None], ...]:
        """Every domain with what picks the scores that drive it; None = inherent risk does."""
        driven = ((domain, self.drivers[domain]) for domain in Domain)
        return tuple((domain, itemgetter(by[0], *by) if by else None) for domain, by in driven)  # two at least: a tuple

    def attestation_type(self, code: str) -> AttestationType:
        """A type of attestation by its code."""
        return attestation_rules().type(code)

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
