"""The questions of the intake: facts a form asks for, and the check of what comes back."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from suppliers.attestation_types import SubjectKind
from suppliers.bundled import bundled
from suppliers.errors import Refusal
from suppliers.policy import ScoringPolicy

DERIVED = frozenset(
    {"intake.personal_data", "intake.autonomy", "intake.eu_ai_tier", "intake.inherent_tier"}
    | {"derived.high_risk_duty_applies"}
)
"""Facts that follow from others; a form does not ask for them."""


class InvalidIntake(Refusal):
    """The intake cannot be taken like this."""


class FactQuestion(BaseModel):
    """One question about a fact; not answering it leaves the fact unknown."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fact: str
    text: str
    kind: Literal["yes_no", "choice", "choices"]
    subject_kinds: tuple[SubjectKind, ...] = ("vendor_model", "data_source")
    choices: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _choices_fit(self) -> FactQuestion:
        if bool(self.choices) == (self.kind == "yes_no"):
            raise ValueError(f"{self.fact}: choices belong to a choice")
        return self

    def takes(self, fact: object) -> bool:
        """Whether this is an answer to the question."""
        if self.kind == "yes_no":
            return isinstance(fact, bool)
        if self.kind == "choice":
            return isinstance(fact, str) and fact in self.choices
        return isinstance(fact, list | tuple) and bool(fact) and all(each in self.choices for each in fact)


class IntakeForm(BaseModel):
    """All questions, in the order of asking."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["intake/1"] = Field(alias="schema")
    version: int
    questions: tuple[FactQuestion, ...]

    def of(self, subject_kind: SubjectKind) -> tuple[FactQuestion, ...]:
        """What is asked about this kind of subject."""
        return tuple(each for each in self.questions if subject_kind in each.subject_kinds)


@cache
def intake_form() -> IntakeForm:
    """The bundled questions."""
    return IntakeForm.model_validate(bundled("intake_v1.yaml"))


def check_intake(facts: Mapping[str, object], factors: Mapping[str, int | None], policy: ScoringPolicy) -> None:
    """Refuse a fact or a score that no form offers."""
    questions = {each.fact: each for each in intake_form().questions}
    for name, fact in facts.items():
        if name not in questions and name not in DERIVED:
            raise InvalidIntake(f"There is no question about {name}.")
        if name in questions and fact is not None and not questions[name].takes(fact):
            raise InvalidIntake(f"“{questions[name].text}” has no such answer.")
    rules = {rule.id.value: rule for rule in policy.factors}
    for name, score in factors.items():
        if name not in rules:
            raise InvalidIntake(f"There is no factor {name}.")
        if score is not None and score not in dict(rules[name].choices):
            raise InvalidIntake(f"“{rules[name].title}” has no score {score}.")
