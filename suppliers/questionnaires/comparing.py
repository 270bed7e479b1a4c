"""The operators of a condition, and how they compare what was given with what is wanted."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Op(StrEnum):
    EQ = "eq"
    NE = "ne"
    IN = "in"
    NOT_IN = "not_in"
    INCLUDES = "includes"
    INCLUDES_ANY = "includes_any"
    INCLUDES_NONE = "includes_none"
    GT = "gt"
    GTE = "gte"
    LT = "lt"
    LTE = "lte"
    ANSWERED = "answered"
    UNANSWERED = "unanswered"
    IS_TRUE = "is_true"
    IS_FALSE = "is_false"


def compare(op: Op, given: object, value: object) -> bool:
    return matcher(op, value)(given)


def matcher(op: Op, value: object) -> Callable[[object], bool]:
    """The comparison with a value, ready to be made often."""
    wanted = _as_set(value)
    match op:
        case Op.IS_TRUE | Op.IS_FALSE:
            return lambda given: given is (op is Op.IS_TRUE)
        case Op.EQ | Op.IN:
            return lambda given: _within(_as_set(given), wanted)
        case Op.NE | Op.NOT_IN:
            return lambda given: not _within(_as_set(given), wanted)
        case Op.INCLUDES | Op.INCLUDES_ANY:
            return lambda given: not wanted.isdisjoint(_as_set(given))
        case Op.INCLUDES_NONE:
            return lambda given: wanted.isdisjoint(_as_set(given))
    return lambda given: _ordered(op, given, value)


def _within(several: frozenset[object], wanted: frozenset[object]) -> bool:
    return bool(several) and several <= wanted


def _as_set(value: object) -> frozenset[object]:
    return frozenset(value) if isinstance(value, tuple | list | set | frozenset) else frozenset({value})


def _ordered(op: Op, given: object, value: object) -> bool:
    if not (isinstance(given, int | float) and isinstance(value, int | float)):
        return False
    match op:
        case Op.GT:
            return given > value
        case Op.GTE:
            return given >= value
        case Op.LT:
            return given < value
    return given <= value
