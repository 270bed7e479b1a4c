"""From an intake to inherent risk and tier, with the reasons."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date

from pydantic import BaseModel, ConfigDict

from suppliers.eu_ai_act import EuClass, HighRiskRoute
from suppliers.factors import HIGHEST, Factor, Tier
from suppliers.law import LawDates, high_risk_duty_applies
from suppliers.policy import ScoringPolicy
from suppliers.questionnaires.conditions import Facts, holds

Factors = Mapping[str, int | None]
"""Factor -> 0 to 4; None or absent = not known."""

PERSONAL = frozenset({"personal", "special_category", "children"})
AUTONOMY = {0: "advisory", 1: "advisory", 2: "human_approves", 3: "human_can_override", 4: "fully_automated"}
DECIDES_ABOUT_PEOPLE = 3


class Rated(BaseModel):
    """Inherent risk 0 to 100, the tier it leads to (None = prohibited), and why."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    scores: dict[Factor, int]
    inherent: float
    tier: Tier | None
    reasons: tuple[str, ...]
    policy: str


def rate(facts: Facts, factors: Factors, policy: ScoringPolicy) -> Rated:
    """Score the factors, compute inherent risk, and apply the floors, which can only raise the tier."""
    scores = {factor: factor_score(factor, facts, factors, policy) for factor in Factor}
    risk = inherent_risk(scores, policy)
    strictest = tier_of(risk, policy)
    reasons = [*_unknown(facts, factors, policy), f"Inherent risk is {risk:.1f} of 100: {strictest.label}."]
    for floor in policy.floors:
        if holds(floor.when, {**facts, **_as_facts(facts, factors, policy)}, {}, unknown=False):
            reasons.append(f"{floor.reason} At least {floor.tier.label}.")
            strictest = min(strictest, floor.tier)
    prohibited = facts.get("intake.eu_ai_tier") == EuClass.PROHIBITED
    if prohibited:
        reasons.append("The use is prohibited by the EU AI Act: it gets no tier and goes no further.")
    return Rated(
        scores=scores,
        inherent=risk,
        tier=None if prohibited else strictest,
        reasons=tuple(reasons),
        policy=policy.ref,
    )


def factor_score(factor: Factor, facts: Facts, factors: Factors, policy: ScoringPolicy) -> int:
    """The higher of what was answered and what the facts imply; not known counts as the highest."""
    answered = factors.get(factor) is not None or (
        factor is Factor.DATA and _data_class_score(facts, policy) is not None
    )
    known = _known_score(factor, facts, factors, policy)
    return known if answered and known is not None else HIGHEST


def _known_score(factor: Factor, facts: Facts, factors: Factors, policy: ScoringPolicy) -> int | None:
    """What is known for certain: at least this much."""
    implied = (rule for rule in policy.implied if rule.factor is factor)
    known = [rule.score for rule in implied if holds(rule.when, facts, {}, unknown=False)]
    by_class = _data_class_score(facts, policy) if factor is Factor.DATA else None
    known += [score for score in (factors.get(factor), by_class) if score is not None]
    return min(HIGHEST, max(known)) if known else None


def inherent_risk(scores: Mapping[Factor, int], policy: ScoringPolicy) -> float:
    """The weighted sum of the factors, 0 to 100."""
    weights = policy.weights
    return 100 * math.fsum([weights[factor] * score / HIGHEST for factor, score in scores.items()])


def tier_of(risk: float, policy: ScoringPolicy) -> Tier:
    """The tier of an inherent risk alone, without floors."""
    rounded = round(risk, 9)  # a sum of products that is 50 on paper may be 49.999999999 in floats
    return next((tier for tier in sorted(policy.tiers) if rounded >= policy.tiers[tier]), Tier.LOW)


def complete_facts(
    facts: Facts,
    factors: Factors,
    *,
    eu_class: EuClass,
    tier: Tier | None,
    on: date,
    route: HighRiskRoute | None = None,
    law: LawDates | None = None,
) -> dict[str, object]:
    """The facts a questionnaire and the policy read: those given, and those that follow from them."""
    known: dict[str, object] = {name: fact for name, fact in facts.items() if fact is not None}
    classes = _strings(known.get("intake.data_classes"))
    if classes is not None:
        known["intake.personal_data"] = bool(PERSONAL & set(classes))
    people, autonomy = factors.get(Factor.PEOPLE), factors.get(Factor.AUTONOMY)
    if people is not None:
        known["intake.affects_people"] = bool(known.get("intake.affects_people")) or people >= DECIDES_ABOUT_PEOPLE
    if autonomy is not None:
        known.setdefault("intake.autonomy", AUTONOMY[min(HIGHEST, max(0, autonomy))])
    known["intake.eu_ai_tier"] = eu_class.value
    known["derived.high_risk_duty_applies"] = high_risk_duty_applies(eu_class, on, route=route, dates=law)
    if tier is not None:
        known["intake.inherent_tier"] = int(tier)
    return known


def _as_facts(facts: Facts, factors: Factors, policy: ScoringPolicy) -> dict[str, object]:
    """Scores as facts for the floors; what only counts as the highest because it is not known is left out."""
    return {f"factor.{factor}": _known_score(factor, facts, factors, policy) for factor in Factor}


def _data_class_score(facts: Facts, policy: ScoringPolicy) -> int | None:
    classes = _strings(facts.get("intake.data_classes"))
    return max((policy.implied_by_data_class.get(each, HIGHEST) for each in classes), default=None) if classes else None


def _unknown(facts: Facts, factors: Factors, policy: ScoringPolicy) -> Iterable[str]:
    for rule in policy.factors:
        by_class = _data_class_score(facts, policy) if rule.id is Factor.DATA else None
        if factors.get(rule.id) is None and by_class is None:
            yield f"{rule.title}: not known, counted as {HIGHEST}."


def _strings(fact: object) -> tuple[str, ...] | None:
    if isinstance(fact, str):
        return (fact,)
    return tuple(str(each) for each in fact) if isinstance(fact, list | tuple | set | frozenset) else None
