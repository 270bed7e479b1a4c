"""An answer as a vendor gives it, made canonical or refused with a sentence they can act on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import cast

from suppliers.errors import Refusal
from suppliers.questionnaires.conditions import Value
from suppliers.questionnaires.model import AnswerType, Question

LONGEST_TEXT = 10_000
MOST_FILES = 20
EARLIEST = date(1990, 1, 1)
LATEST = date(2100, 1, 1)
LARGEST = 1_000_000
EVIDENCE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


class InvalidAnswer(Refusal):
    """This answer could not be saved."""

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message.format(**params))
        self.message = message
        """The untranslated sentence with its places; `params` fills them."""
        self.params = params


def check_answer(question: Question, value: object, *, today: date | None = None) -> Value:
    """The canonical answer; with `today`, a date of something done may not lie in the future."""
    match question.type:
        case AnswerType.YES_NO_NA | AnswerType.SINGLE_CHOICE:
            return _choice(question, _one(value))
        case AnswerType.MULTI_CHOICE:
            return _choices(question, value)
        case AnswerType.NUMBER:
            return _number(question, value)
        case AnswerType.DATE:
            return _date(value, today)
        case AnswerType.FILE:
            return _files(value)
    return _text(_one(value))


def _one(value: object) -> str:
    if isinstance(value, list | tuple) and len(value) == 1:
        value = value[0]
    if not isinstance(value, str):
        raise InvalidAnswer("Give one answer.")
    return value


def _choice(question: Question, value: str) -> str:
    if not value:
        raise InvalidAnswer("Choose one of the answers.")
    if question.option(value) is None:
        raise InvalidAnswer("“{value}” is not one of the answers offered.", value=value[:60])
    return value


def _choices(question: Question, value: object) -> tuple[str, ...]:
    chosen = {_choice(question, _one(each)) for each in _several(value)}
    if not chosen:
        raise InvalidAnswer("Choose at least one of the answers.")
    return tuple(option.value for option in question.options if option.value in chosen)


def _files(value: object) -> tuple[str, ...]:
    ids = [_one(each) for each in _several(value)]
    if not ids:
        raise InvalidAnswer("Attach at least one file.")
    if len(ids) > MOST_FILES:
        raise InvalidAnswer("Attach no more than {most} files.", most=MOST_FILES)
    if not all(EVIDENCE_ID.fullmatch(each) for each in ids):
        raise InvalidAnswer("One of the files is not known. Attach it again.")
    return tuple(dict.fromkeys(ids))


def _several(value: object) -> Sequence[object]:
    if isinstance(value, str):
        return [value] if value else []
    if not isinstance(value, list | tuple):
        raise InvalidAnswer("Give a list of answers.")
    return cast(Sequence[object], value)


def _text(value: str) -> str:
    if any(unicodedata.category(each) in ("Cc", "Cs") and each not in "\r\n\t" for each in value):
        raise InvalidAnswer("The text holds characters that cannot be stored. Paste it as plain text.")
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not text:
        raise InvalidAnswer("Write an answer.")
    if len(text) > LONGEST_TEXT:
        raise InvalidAnswer(
            "The text has {length} characters; {most} are possible. Attach a longer text as a file.",
            length=len(text),
            most=LONGEST_TEXT,
        )
    return text


def _number(question: Question, value: object) -> int | float:
    number = _parsed(value)
    largest = _largest(question.unit or "")
    if not 0 <= number <= largest:
        raise InvalidAnswer("Give a number from 0 to {largest}.", largest=largest)
    return int(number) if number.is_integer() else number


def _parsed(value: object) -> float:
    if isinstance(value, list | tuple) and len(value) == 1:
        value = value[0]
    if isinstance(value, int | float) and not isinstance(value, bool) and value == value:  # not NaN
        return float(min(max(value, -1), LARGEST + 1)) + 0.0  # no negative zero, no overflow
    if isinstance(value, str) and re.fullmatch(r"\s*[+-]?[0-9]{1,12}([.][0-9]{0,12})?\s*", value, re.ASCII):
        return float(value) + 0.0
    raise InvalidAnswer("Write a number in digits, with a point before decimals, for example 99.5.")


def _largest(unit: str) -> int:
    if "0-1" in unit:
        return 1
    return 100 if unit.startswith("percent") else LARGEST


def _date(value: object, today: date | None) -> str:
    try:
        day = value if type(value) is date else date.fromisoformat(_one(value).strip())
    except ValueError:
        raise InvalidAnswer("Write the date as year-month-day, for example 2026-03-31.") from None
    if today is not None and day > today:
        raise InvalidAnswer("The date lies in the future.")
    if not EARLIEST <= day < LATEST:
        raise InvalidAnswer("The date is not plausible.")
    return day.isoformat()
