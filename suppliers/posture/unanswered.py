"""How a use stands before anybody answers about it: that follows from its rating alone, and no day changes it."""

from __future__ import annotations

import math
from datetime import date

from suppliers.policy import ScoringPolicy
from suppliers.posture.bands import band_of
from suppliers.posture.change import NAMES, Stand
from suppliers.posture.exposure import DOMAINS
from suppliers.posture.inputs import UseInputs
from suppliers.posture.residual import DomainRisk, Residual, terms

SHARE = 1 / len(DOMAINS)


def unanswered(inputs: UseInputs, policy: ScoringPolicy, on: date) -> Stand:
    """What the formula comes to: of every domain there is left what it is exposed to, all count alike, none is sure."""
    given, rules = terms(inputs, policy, on), policy.residual
    left = {domain: min(100.0, exposed) for domain, exposed in given.exposure.of.items()}
    domain = max(left, key=left.__getitem__)
    highest, mean = left[domain], math.fsum([SHARE * each for each in left.values()])
    worst = DomainRisk(domain, SHARE, given.exposure.of[domain], 0.0, highest, 0.0, highest)
    risk = rules.mean * mean + rules.worst * highest
    return Stand.made(
        residual=risk,
        band=band_of(given, Residual((worst,), mean, worst, risk, 0.0)),
        confidence=0.0,
        worst_domain=domain,
        domains={NAMES[domain]: each for domain, each in left.items()},
        findings={},
    )
