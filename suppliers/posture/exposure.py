"""What a use is exposed to before anybody answers about it: it follows from its rating alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from suppliers.factors import HIGHEST, Factor
from suppliers.policy import ScoringPolicy
from suppliers.questionnaires.model import Domain
from suppliers.tiering import inherent_risk

DOMAINS = tuple(Domain)
SCORES = range(HIGHEST + 1)


class Exposure(NamedTuple):
    """Inherent risk, and I_d of every domain."""

    inherent: float
    of: Mapping[Domain, float]


def exposure(factors: Mapping[Factor, int], policy: ScoringPolicy) -> Exposure:
    """I_d: half inherent risk, half the factor that drives this domain."""
    inherent = inherent_risk(factors, policy)
    common, own = policy.exposure_share * inherent / 100, 1 - policy.exposure_share
    driven = [100 * (common + own * (score / HIGHEST)) for score in SCORES]
    others = 100 * (common + own * (inherent / 100))
    of = {domain: others if scores is None else driven[max(scores(factors))] for domain, scores in policy.driving}
    return Exposure(inherent, of)
