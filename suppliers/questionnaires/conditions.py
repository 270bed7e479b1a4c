"""Conditions of a questionnaire: when a question is asked and when a flag applies.

An unknown fact (absent or None) decides a leaf as the caller says: True for `ask_if` (ask when in doubt), False for
`applies_if`. An answer that was not given, or belongs to a question that is not asked, satisfies `unanswered` and
nothing else: a follow-up appears once the answer that calls for it is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from pydantic import BaseModel, ConfigDict, model_validator

from suppliers.questionnaires.comparing import Op, compare, matcher

Scalar: TypeAlias = bool | int | float | str
Value: TypeAlias = str | int | float | tuple[str, ...]
"""A canonical answer: choice, text and ISO date are str; several choices and files are tuples."""
Answers: TypeAlias = Mapping[str, Value]
Facts: TypeAlias = Mapping[str, object]


class Strict(BaseModel):
    """A part of the format; a key it does not know is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


PRESENCE = frozenset({Op.ANSWERED, Op.UNANSWERED})
WITHOUT_VALUE = PRESENCE | {Op.IS_TRUE, Op.IS_FALSE}
WITH_LIST = frozenset({Op.IN, Op.NOT_IN, Op.INCLUDES_ANY, Op.INCLUDES_NONE})


class Test(Strict):
    """A comparison of something given with a fixed value."""

    __test__ = False
    op: Op
    value: Scalar | tuple[Scalar, ...] | None = None

    @model_validator(mode="after")
    def _value_fits(self) -> Test:
        if (self.value is None) != (self.op in WITHOUT_VALUE):
            raise ValueError(f"operator {self.op} with value {self.value!r}")
        if isinstance(self.value, tuple) != (self.op in WITH_LIST):
            raise ValueError(f"operator {self.op} takes {'a list' if self.op in WITH_LIST else 'one value'}")
        return self

    def matches(self, given: object) -> bool:
        """Whether what was given satisfies this; nothing given satisfies only `unanswered`."""
        if self.op in PRESENCE:
            return (given is not None) == (self.op is Op.ANSWERED)
        return given is not None and compare(self.op, given, self.value)


class Leaf(Test):
    """A comparison of one fact or one answer."""

    fact: str | None = None
    answer: str | None = None

    @model_validator(mode="after")
    def _one_subject(self) -> Leaf:
        if (self.fact is None) == (self.answer is None):
            raise ValueError("a condition names either a fact or an answer")
        return self


class All(Strict):
    all: tuple[Condition, ...]


class AnyOf(Strict):
    any: tuple[Condition, ...]


Condition: TypeAlias = Leaf | All | AnyOf
All.model_rebuild()
AnyOf.model_rebuild()


def holds(condition: Condition | None, facts: Facts, answers: Answers, *, unknown: bool) -> bool:
    """Whether a condition holds; `unknown` is what an unknown fact counts as. No condition always holds."""

    def decide(leaf: Leaf) -> bool:
        if leaf.answer is not None:
            return leaf.matches(answers.get(leaf.answer))
        return unknown if (fact := facts.get(leaf.fact or "")) is None else leaf.matches(fact)

    return satisfied(condition, decide)


def satisfied(condition: Condition | None, decide: Callable[[Leaf], bool]) -> bool:
    """Whether a condition holds when its comparisons are decided like this."""
    match condition:
        case None:
            return True
        case All():
            return all(satisfied(part, decide) for part in condition.all)
        case AnyOf():
            return any(satisfied(part, decide) for part in condition.any)
    return decide(condition)


Check = Callable[[Facts, Answers], bool]


def compiled(condition: Condition, *, unknown: bool) -> Check:
    """What `holds` would say, ready to be asked often."""
    match condition:
        case All():
            parts = [compiled(part, unknown=unknown) for part in condition.all]
            return lambda facts, answers: all(part(facts, answers) for part in parts)
        case AnyOf():
            parts = [compiled(part, unknown=unknown) for part in condition.any]
            return lambda facts, answers: any(part(facts, answers) for part in parts)
    return _compiled_leaf(condition, unknown)


def _compiled_leaf(leaf: Leaf, unknown: bool) -> Check:
    name = leaf.answer if leaf.answer is not None else leaf.fact or ""
    if leaf.op in PRESENCE:
        wanted = leaf.op is Op.ANSWERED
        if leaf.answer is not None:
            return lambda facts, answers: (answers.get(name) is not None) is wanted
        return lambda facts, answers: unknown if facts.get(name) is None else wanted
    matches = matcher(leaf.op, leaf.value)
    if leaf.answer is not None:
        return lambda facts, answers: (given := answers.get(name)) is not None and matches(given)
    return lambda facts, answers: unknown if (fact := facts.get(name)) is None else matches(fact)


def leaves(condition: Condition | None) -> Iterator[Leaf]:
    """Every comparison in a condition."""
    match condition:
        case Leaf():
            yield condition
        case All():
            for part in condition.all:
                yield from leaves(part)
        case AnyOf():
            for part in condition.any:
                yield from leaves(part)
