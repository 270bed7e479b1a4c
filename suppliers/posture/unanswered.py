"""How a use stands before anybody answers about it: that follows from its rating alone, and no day changes it."""

from __future__ import annotations

import math
from collections.abc import Mapping

from suppliers.eu_ai_act import EuClass
from suppliers.factors import Factor
from suppliers.policy import ScoringPolicy
from suppliers.posture.bands import band_unsure
from suppliers.posture.change import Stand
from suppliers.posture.exposure import DOMAINS, exposure

SHARE = 1 / len(DOMAINS)


def unanswered(factors: Mapping[Factor, int], eu_class: EuClass, policy: ScoringPolicy) -> Stand:
    """What the formula comes to: of every domain there is left what it is exposed to, all count alike, none is sure."""
    left = [each if each < 100.0 else 100.0 for each in exposure(factors, policy).of.values()]
    rules, highest = policy.residual, max(left)
    risk = rules.mean * math.fsum([SHARE * each for each in left]) + rules.worst * highest
    return Stand(
        residual=risk,
        band=band_unsure(risk, highest, eu_class, policy),
        confidence=0.0,
        worst_domain=DOMAINS[left.index(highest)],
        domains=tuple(left),
        findings={},
    )
