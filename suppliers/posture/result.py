"""A posture as a view keeps it: the numbers, the band, and why."""

from __future__ import annotations

from datetime import date
from typing import Literal

from suppliers.factors import Tier
from suppliers.posture.bands import AppetiteCheck, Band, Limit
from suppliers.posture.improvement import Improvement
from suppliers.posture.inputs import Frozen
from suppliers.questionnaires.model import Domain

ConfidenceBand = Literal["high", "medium", "low"]


class DomainPosture(Frozen):
    """One domain, and how many points of the result come from it (`points`; they sum to the result)."""

    domain: Domain
    share: float
    exposure: float
    effectiveness: float
    base: float
    finding_points: float
    residual: float
    points: float
    sentence: str


class Contribution(Frozen):
    """One reason for the result, in points of it; negative = lowers it. All contributions sum to the result."""

    kind: Literal["exposure", "answers", "finding"]
    key: str
    """Empty for the exposure, else the domain or the finding's id."""
    points: float
    sentence: str


class Posture(Frozen):
    """How one use stands on a day under one policy."""

    on: date
    policy: str
    questionnaire: str
    tier: Tier | None
    inherent: float
    residual: float
    band: Band
    band_by_number: Band
    limits: tuple[Limit, ...]
    """What would hold the band down even if the number were better, worst first."""
    confidence: float
    confidence_band: ConfidenceBand
    provisional: bool
    mean: float
    worst_domain: Domain
    summary: str
    domains: tuple[DomainPosture, ...]
    contributions: tuple[Contribution, ...]
    appetite: AppetiteCheck
    knock_outs: tuple[str, ...]
    """Ids of the findings that block."""
    improvements: tuple[Improvement, ...] = ()
    next_change_on: date | None = None
    next_band: Band | None = None
    confidence_low_on: date | None = None
    """When confidence gets low if no new evidence comes; a round is due before."""
