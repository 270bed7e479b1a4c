"""The tier as it would come out now, while somebody fills in the form; nothing is recorded by looking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from suppliers.eu_ai_act import Classification, EuClass
from suppliers.policy import ScoringPolicy
from suppliers.tiering import Rated, complete_facts, rate
from suppliers.use import Fact, SubjectKind
from web.pages.given import Given
from web.pages.intake.answers import classification, intake


@dataclass(frozen=True)
class Preview:
    """What the answers so far lead to."""

    rated: Rated
    classification: Classification
    unknown: int
    """Factors nobody has answered yet; each counts as the highest."""

    @property
    def tier(self) -> int | None:
        return None if self.rated.tier is None else int(self.rated.tier)

    @property
    def prohibited(self) -> bool:
        return self.classification.eu_class is EuClass.PROHIBITED


def preview(given: Given, kind: SubjectKind, known: Mapping[str, Fact], policy: ScoringPolicy, on: date) -> Preview:
    """Rate what is filled in so far as the domain would."""
    answered = intake(given, kind, known, policy)
    classed = classification(given)
    facts = complete_facts(
        answered.facts, answered.factors, eu_class=classed.eu_class, tier=None, on=on, route=classed.route
    )
    rated = rate(facts, answered.factors, policy)
    return Preview(rated, classed, sum(": not known, " in reason for reason in rated.reasons))
