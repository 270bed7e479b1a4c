"""The operators of a condition, and how they compare what was given with what is wanted."""

from __future__ import annotations

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
    several = _as_set(given)
    wanted = _as_set(value)
    match op:
        case Op.IS_TRUE | Op.IS_FALSE:
            return given is (op is Op.IS_TRUE)
        case Op.EQ | Op.IN:
            return bool(several) and several <= wanted
        case Op.NE | Op.NOT_IN:
            return not (several and several <= wanted)
        case Op.INCLUDES | Op.INCLUDES_ANY:
            return bool(several & wanted)
        case Op.INCLUDES_NONE:
            return not several & wanted
    return _ordered(op, given, value)


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
