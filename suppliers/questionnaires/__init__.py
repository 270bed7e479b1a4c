"""How we ask: questionnaires, their conditions, what an answer is worth and what it gives away."""

from suppliers.questionnaires.answers import InvalidAnswer, check_answer
from suppliers.questionnaires.conditions import Answers, Facts, Value
from suppliers.questionnaires.course import active_answers, asked, canonical, minutes, missing, possible
from suppliers.questionnaires.flags import Fired, fired, flags
from suppliers.questionnaires.library import Library, NoSuchQuestionnaire, library, read
from suppliers.questionnaires.model import (
    AnswerType,
    Domain,
    Effect,
    Flag,
    Option,
    Question,
    Questionnaire,
    Section,
    Severity,
)
from suppliers.questionnaires.scoring import Judgement, Scored, Standing, score

__all__ = [
    "AnswerType",
    "Answers",
    "Domain",
    "Effect",
    "Facts",
    "Fired",
    "Flag",
    "InvalidAnswer",
    "Judgement",
    "Library",
    "NoSuchQuestionnaire",
    "Option",
    "Question",
    "Questionnaire",
    "Scored",
    "Section",
    "Severity",
    "Standing",
    "Value",
    "active_answers",
    "asked",
    "canonical",
    "check_answer",
    "fired",
    "flags",
    "library",
    "minutes",
    "missing",
    "possible",
    "read",
    "score",
]
