"""From the form of a use to what the domain takes in: facts, factors, class; and back into the form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from suppliers.eu_ai_act import Classification, classify
from suppliers.factors import Factor
from suppliers.intake_form import FactQuestion
from suppliers.policy import ScoringPolicy
from suppliers.use import Fact, Intake, SubjectKind, Use
from web.pages.given import Given
from web.pages.intake.facts import UNKNOWN, asked, field_of
from web.pages.intake.screening import screening


def intake(given: Given, kind: SubjectKind, known: Mapping[str, Fact], policy: ScoringPolicy) -> Intake:
    """What was answered; an open question is left out, for not knowing counts as the worst."""
    facts: dict[str, Fact] = dict(known)
    for question in asked(kind):
        if (fact := _fact(given, question)) is not None:
            facts[question.fact] = fact
    if classification(given).exception_claimed:
        facts["intake.exception_claimed"] = True
    factors = {rule.id.value: _score(given, rule.id, [score for score, _ in rule.choices]) for rule in policy.factors}
    return Intake(facts=facts, factors=factors)


def classification(given: Given) -> Classification:
    """Where the answers to the decision tree lead; an unanswered step leaves it unclassified."""
    return classify(screening(given))


def as_filled(use: Use) -> dict[str, Any]:
    """The form as this use would have filled it in, for answering anew. The decision tree is asked again."""
    filled: dict[str, Any] = {"title": use.title, "purpose": use.purpose}
    if use.intake is None:
        return filled
    for factor, score in use.intake.factors.items():
        filled[f"factor_{factor}"] = UNKNOWN if score is None else str(score)
    for question in asked(use.subject_kind):
        filled[field_of(question)] = _shown(use.intake.facts.get(question.fact))
    return filled


def _fact(given: Given, question: FactQuestion) -> Fact | None:
    name = field_of(question)
    if question.kind == "choices":
        return [each for each in given.many(name) if each in question.choices] or None
    return given.choice(name, list(question.choices)) if question.kind == "choice" else given.truth(name)


def _score(given: Given, factor: Factor, offered: list[int]) -> int | None:
    chosen = given.choice(f"factor_{factor.value}", [str(score) for score in offered])
    return None if chosen is None else int(chosen)


def _shown(fact: Fact | None) -> Any:
    if isinstance(fact, bool):
        return "yes" if fact else "no"
    if isinstance(fact, list | tuple):
        return list(fact)
    return UNKNOWN if fact is None else str(fact)
