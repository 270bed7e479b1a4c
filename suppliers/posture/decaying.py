"""What a section adds up to on any day, taken apart: what stays, and what decays with evidence of one age."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from suppliers.policy_parts import Effectiveness
from suppliers.posture.effectiveness import CONTRADICTED, COUNTED, Evidence
from suppliers.posture.inputs import AnswerEvidence, SectionEvidence


class Fading(NamedTuple):
    """An answer whose score itself falls with time."""

    weight: float
    evidence: Evidence
    certainty: float
    answer: AnswerEvidence


class Decaying(NamedTuple):
    """The sums of a section before it is weighed among others."""

    constant: float
    effects: dict[Evidence, float]
    certain: dict[Evidence, float]
    fading: list[Fading]


def decaying(section: SectionEvidence, rules: Effectiveness) -> Decaying:
    """Kept beside the section: it is the same on any day, and stays when another one is reviewed."""
    kept: tuple[Effectiveness, Decaying] | None = getattr(section, "decaying", None)
    if kept is None or kept[0] is not rules:
        kept = (rules, _taken_apart(section, rules))
        object.__setattr__(section, "decaying", kept)
    return kept[1]


def _taken_apart(section: SectionEvidence, rules: Effectiveness) -> Decaying:
    """The smaller of the score and the cautious estimate is the score up to the prior, and the estimate above."""
    constant, prior, certainties = 0.0, rules.prior, rules.verification
    effects: defaultdict[Evidence, float] = defaultdict(float)
    certain: defaultdict[Evidence, float] = defaultdict(float)
    fading = []
    for answer in section.answers:
        if answer.standing is not COUNTED or (answer.score is None and answer.fading is None):
            continue
        weight, certainty = answer.weight, certainties[answer.verification]
        evidence = answer.evidence_on, answer.half_life_days
        certain[evidence] += weight * certainty
        if answer.fading is not None:
            fading.append(Fading(weight, evidence, certainty, answer))
        elif (score := 0.0 if answer.verification is CONTRADICTED else answer.score or 0.0) <= prior:
            constant += weight * score
        else:
            constant += weight * prior
            effects[evidence] += weight * certainty * (score - prior)
    return Decaying(constant, effects, certain, fading)
