"""The format ddq/1 of a due-diligence questionnaire."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from suppliers.questionnaires.comparing import Op
from suppliers.questionnaires.conditions import Check, Condition, Strict, Test, compiled
from suppliers.questionnaires.kinds import Scoring
from suppliers.word import Word

Seat = Literal["legal", "security", "data", "product", "operations"]


class AnswerType(Word):
    YES_NO_NA = "yes_no_na"
    SINGLE_CHOICE = "single_choice"
    MULTI_CHOICE = "multi_choice"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    FILE = "file"


class Severity(Word):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 for low to 3 for critical."""
        return list(Severity).index(self)


class Effect(Word):
    RED_FLAG = "red_flag"
    KNOCK_OUT = "knock_out"


class Domain(Word):
    """The areas in which risk is computed."""

    GOVERNANCE = "governance"
    LEGAL = "legal"
    PRIVACY = "privacy"
    PERFORMANCE_SAFETY = "performance_safety"
    FAIRNESS = "fairness"
    SECURITY = "security"
    TRANSPARENCY = "transparency"
    RESILIENCE = "resilience"


class Option(Strict):
    value: str
    label: str
    score: float | None = Field(default=None, ge=0, le=1)
    points: float | None = None


class EvidenceAsked(Strict):
    ask: tuple[str, ...] = ()
    required: bool = False


class Flag(Strict):
    """What an answer gives away, and how grave it is."""

    when: Test
    severity: Severity
    effect: Effect
    note: str
    applies_if: Condition | None = None


class Section(Strict):
    id: str
    title: str
    weight: float = Field(ge=0, le=1)
    risk_domain: Domain
    council_seat: Seat


class Question(Strict):
    id: str
    section: str
    text: str
    help: str | None = None
    type: AnswerType
    required: bool
    unit: str | None = None
    options: tuple[Option, ...] = ()
    scoring: Scoring
    ask_if: Condition | None = None
    evidence: EvidenceAsked = EvidenceAsked()
    refs: tuple[str, ...] = ()
    weight: Annotated[float, Field(ge=0, le=5)]
    flags: tuple[Flag, ...] = ()
    evidence_half_life_days: int = Field(gt=0)

    def option(self, value: object) -> Option | None:
        """The option with this value."""
        return self.by_value.get(value) if isinstance(value, str) else None

    @cached_property
    def by_value(self) -> dict[str, Option]:
        return {option.value: option for option in self.options}

    @cached_property
    def worth(self) -> dict[object, Any]:
        """What answers to it were found to be worth; kept by whoever works that out."""
        return {}


class Vocabulary(Strict):
    answer_types: tuple[AnswerType, ...]
    condition_ops: tuple[Op, ...]
    severities: tuple[Severity, ...]
    flag_effects: dict[Effect, str]
    scoring_kinds: dict[str, str]
    reference_prefixes: dict[str, str]
    facts: dict[str, str]


class Questionnaire(Strict):
    """One version of a questionnaire; it never changes once it was sent."""

    format: Literal["ddq/1"] = Field(alias="schema")
    id: str
    version: str = Field(pattern=r"^\d+\.\d+\.\d+$")
    title: str
    language: str
    subject_kind: Literal["vendor_model", "data_source"]
    licence: str
    default_validity_days: int = Field(gt=0)
    vocabulary: Vocabulary
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]

    @model_validator(mode="after")
    def _coherent(self) -> Questionnaire:
        from suppliers.questionnaires.coherence import faults  # it needs the model to check the model

        if found := list(faults(self)):
            raise ValueError("; ".join(found))
        return self

    @cached_property
    def by_id(self) -> dict[str, Question]:
        return {question.id: question for question in self.questions}

    @cached_property
    def section_of(self) -> dict[str, Section]:
        """Question id -> its section."""
        sections = {section.id: section for section in self.sections}
        return {question.id: sections[question.section] for question in self.questions}

    @cached_property
    def course(self) -> tuple[tuple[Question, Check | None], ...]:
        """The questions in order, each with what decides whether it is asked."""
        return tuple(
            (each, None if each.ask_if is None else compiled(each.ask_if, unknown=True)) for each in self.questions
        )

    @property
    def ref(self) -> str:
        """`id@version`, as a round remembers it."""
        return f"{self.id}@{self.version}"
