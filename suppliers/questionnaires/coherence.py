"""What makes a questionnaire contradict itself; checked when it is loaded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from suppliers.questionnaires.conditions import Leaf, leaves
from suppliers.questionnaires.model import AnswerType, Question, Questionnaire

FITS: dict[str, frozenset[AnswerType]] = {
    "option": frozenset({AnswerType.YES_NO_NA, AnswerType.SINGLE_CHOICE}),
    "coverage": frozenset({AnswerType.MULTI_CHOICE}),
    "penalty": frozenset({AnswerType.MULTI_CHOICE}),
    "bands": frozenset({AnswerType.NUMBER}),
    "freshness": frozenset({AnswerType.DATE}),
    "presence": frozenset({AnswerType.FILE}),
    "reviewer": frozenset({AnswerType.TEXT}),
    "none": frozenset(AnswerType),
}
CHOICES = frozenset({AnswerType.YES_NO_NA, AnswerType.SINGLE_CHOICE, AnswerType.MULTI_CHOICE})


def faults(questionnaire: Questionnaire) -> Iterator[str]:
    """Every contradiction, in a sentence."""
    yield from _sections(questionnaire)
    yield from (f"question id {id} is used twice" for id in _twice(q.id for q in questionnaire.questions))
    earlier: dict[str, Question] = {}
    for question in questionnaire.questions:
        yield from (f"{question.id}: {fault}" for fault in _question(questionnaire, question))
        yield from (f"{question.id}: {fault}" for fault in _conditions(questionnaire, question, earlier))
        earlier[question.id] = question


def _sections(questionnaire: Questionnaire) -> Iterator[str]:
    yield from (f"section id {id} is used twice" for id in _twice(s.id for s in questionnaire.sections))
    if abs(sum(section.weight for section in questionnaire.sections) - 1) > 1e-9:
        yield "the weights of the sections do not sum to 1"


def _question(questionnaire: Questionnaire, question: Question) -> Iterator[str]:
    if question.section not in {section.id for section in questionnaire.sections}:
        yield f"section {question.section} does not exist"
    if question.type not in FITS[question.scoring.kind]:
        yield f"scoring {question.scoring.kind} does not fit an answer of type {question.type}"
    if question.scoring.kind == "none" and question.weight:
        yield "a question that is not scored has no weight"
    if bool(question.options) != (question.type in CHOICES):
        yield "options belong to choices, and to nothing else"
    yield from (f"option {value} is used twice" for value in _twice(o.value for o in question.options))
    if question.type is AnswerType.YES_NO_NA and {o.value for o in question.options} != {"yes", "no", "na"}:
        yield "the options of yes_no_na are yes, no and na"
    if question.scoring.kind in ("coverage", "penalty") and any(o.points is None for o in question.options):
        yield "every option needs points"
    if any(ref.split(":")[0] not in questionnaire.vocabulary.reference_prefixes for ref in question.refs):
        yield "a reference has an unknown prefix"


def _conditions(questionnaire: Questionnaire, question: Question, earlier: dict[str, Question]) -> Iterator[str]:
    for flag in question.flags:
        yield from _known_options(question, flag.when.value)
    for leaf in leaves(question.ask_if):
        yield from _leaf(questionnaire, leaf, earlier)
    for flag in question.flags:
        for leaf in leaves(flag.applies_if):
            yield from _leaf(questionnaire, leaf, earlier | {question.id: question})


def _leaf(questionnaire: Questionnaire, leaf: Leaf, earlier: dict[str, Question]) -> Iterator[str]:
    if leaf.fact is not None and leaf.fact not in questionnaire.vocabulary.facts:
        yield f"fact {leaf.fact} is not in the vocabulary"
    if leaf.answer is not None and leaf.answer not in earlier:
        yield f"condition on {leaf.answer}, which does not come earlier"
    elif leaf.answer is not None:
        yield from _known_options(earlier[leaf.answer], leaf.value)


def _known_options(question: Question, value: object) -> Iterator[str]:
    named = value if isinstance(value, tuple) else () if value is None else (value,)
    if question.type in CHOICES:
        yield from (f"{question.id} has no option {each}" for each in named if question.option(each) is None)


def _twice(ids: Iterator[str]) -> list[str]:
    return [id for id, times in Counter(ids).items() if times > 1]
