"""A value for every field of a model, always the same one."""

from __future__ import annotations

import types
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, Literal, TypeVar, Union, get_args, get_origin
from uuid import NAMESPACE_URL, UUID, uuid5

from annotated_types import Ge, Gt, Le
from pydantic import BaseModel
from pydantic.fields import FieldInfo

M = TypeVar("M", bound=BaseModel)

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
GIVEN: Mapping[str, Any] = {
    "originator_version": 3,
    "timestamp": NOON,
    "email": "priya@northwind.example",
    "country": "DE",
    "website": "https://northwind.example",
    "sha256": "0" * 64,
    "media_type": "application/pdf",
}
"""Fields whose name asks for something in particular."""


def specimen(kind: type[M]) -> M:
    """Every field filled, the optional ones too."""
    topic = getattr(kind, "TOPIC", kind.__name__)
    given = {"originator_topic": topic.split(".")[0]}
    return kind(**{name: given.get(name) or of_field(name, field) for name, field in kind.model_fields.items()})


def of_field(name: str, field: FieldInfo) -> Any:
    if name in GIVEN:
        return GIVEN[name]
    for limit in field.metadata:
        if isinstance(limit, Ge | Gt | Le):
            return _within(limit)
    return of_type(field.annotation, name)


def of_type(kind: Any, name: str) -> Any:
    origin, inside = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return of_type(next(each for each in inside if each is not type(None)), name)
    if origin is Literal:
        return inside[0]
    if origin is not None and issubclass(origin, Mapping):
        return {name: of_type(inside[1], name)}
    if origin is not None:
        return origin([of_type(inside[0], name)])
    return _plain(kind, name)


def _plain(kind: Any, name: str) -> Any:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return specimen(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    plain: dict[Any, Any] = {
        Any: ["eu", "us"],
        bool: True,
        int: 2,
        float: 0.75,
        str: f"the {name.replace('_', ' ')} – “ünlü”",
        UUID: uuid5(NAMESPACE_URL, name),
        datetime: NOON,
        date: NOON.date(),
    }
    return plain[kind]


def _within(limit: Ge | Gt | Le) -> Any:
    match limit:
        case Ge(ge):
            return ge
        case Gt(gt):
            return gt + 1  # type: ignore[operator]
        case Le(le):
            return le
