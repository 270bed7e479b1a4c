"""How a use stands before anybody answers about it: that follows from its rating alone, and no day changes it."""

from __future__ import annotations

import math
from collections.abc import Mapping

from suppliers.eu_ai_act import EuClass
from suppliers.factors import Factor
from suppliers.policy import ScoringPolicy
from suppliers.posture.bands import band_unsure
from suppliers.posture.change import NAMES, Stand
from suppliers.posture.exposure import DOMAINS, exposure

SHARE = 1 / len(DOMAINS)


def unanswered(factors: Mapping[Factor, int], eu_class: EuClass, policy: ScoringPolicy) -> Stand:
    """What the formula comes to: of every domain there is left what it is exposed to, all count alike, none is sure."""
    rules = policy.residual
    left = {domain: min(100.0, exposed) for domain, exposed in exposure(factors, policy).of.items()}
    worst = max(left, key=left.__getitem__)
    risk = rules.mean * math.fsum([SHARE * each for each in left.values()]) + rules.worst * left[worst]
    return Stand.made(
        residual=risk,
        band=band_unsure(risk, left[worst], eu_class, policy),
        confidence=0.0,
        worst_domain=worst,
        domains={NAMES[domain]: each for domain, each in left.items()},
        findings={},
    )
