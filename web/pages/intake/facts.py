"""What the form of a use asks besides the factors: the domain's own questions, with hints for people in a hurry."""

from __future__ import annotations

from collections.abc import Mapping

from suppliers.intake_form import FactQuestion, intake_form
from suppliers.use import Fact, SubjectKind

UNKNOWN = "unknown"
"""The value of "I don't know" in every question of the intake."""
I_DO_NOT_KNOW = (UNKNOWN, "I don't know")

KNOWN_ALREADY = frozenset({"intake.supply_kind", "vendor.in_eu", "intake.exception_claimed"})
"""Follow from the model, the supplier's country and the decision tree: nobody is asked twice."""

HINTS: Mapping[str, str] = {
    "intake.data_classes": "Tick every class. The most sensitive one counts.",
    "intake.affects_people": "Hiring, credit, claims, access, prices, ratings of staff.",
    "intake.gpai": "Large language models usually are.",
    "intake.agentic": "It does something by itself: sends, books, changes, calls a service.",
    "intake.customised": "Fine-tuning, or our own documents to look things up in.",
    "intake.our_role": "Deployer is usual: we use it under our own responsibility.",
    "intake.financial_entity": "Bank, insurer, investment firm, payment institution and others of Article 2.",
}

EU = frozenset("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split())


def asked(kind: SubjectKind) -> tuple[FactQuestion, ...]:
    """The questions about a use of this kind of subject."""
    return tuple(each for each in intake_form().of(kind.value) if each.fact not in KNOWN_ALREADY)


def field_of(question: FactQuestion) -> str:
    """The name of its field in the form."""
    return question.fact.split(".", 1)[1]


def choices(question: FactQuestion) -> tuple[tuple[str, str], ...]:
    """What the form offers; not knowing is always allowed."""
    if question.kind == "choices":
        return tuple(question.choices.items())
    if question.kind == "choice":
        return (*question.choices.items(), I_DO_NOT_KNOW)
    return ("yes", "Yes"), ("no", "No"), I_DO_NOT_KNOW


def in_eu(country: str) -> Mapping[str, Fact]:
    """Whether the supplier is established in the EU, when its country is known."""
    return {"vendor.in_eu": country.upper() in EU} if country else {}
