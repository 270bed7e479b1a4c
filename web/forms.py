"""A posted form read by a pydantic model: its value, or a sentence for each field and what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar, get_origin

from fastapi import Request
from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

M = TypeVar("M", bound=BaseModel)

SEVERAL = (list, tuple, set, frozenset)


class Typed(dict[str, Any]):
    """What was typed, by field; nothing for a field left out. For templates: `form.typed.name`."""

    def __missing__(self, key: str) -> str:
        return ""

    def __getattr__(self, name: str) -> Any:
        return self[name]


@dataclass
class Form(Generic[M]):
    """`value` is only there when `ok`. `errors` maps a field to its sentence, as forms.error_summary shows it."""

    parsed: M | None = None
    errors: dict[str, str] = field(default_factory=dict)
    typed: Typed = field(default_factory=Typed)
    version: int | None = None
    """The version of the record its author was looking at, for `expected_version`."""

    @property
    def ok(self) -> bool:
        return self.parsed is not None and not self.errors

    @property
    def value(self) -> M:
        assert self.parsed is not None
        return self.parsed

    def refuse(self, name: str, sentence: str) -> None:
        """Add a fault that only the domain or a look at the record can find."""
        self.errors[name] = sentence


def blank(model: type[M] | None = None, **initial: Any) -> Form[M]:
    """The form before anything was typed, with what it starts from."""
    return Form(typed=Typed(initial))


async def parse(request: Request, model: type[M]) -> Form[M]:
    """Read the form that was posted. Fields left empty count as absent, so defaults and "missing" apply."""
    sent = await request.form()
    typed = Typed()
    for name, info in model.model_fields.items():
        key = info.alias or name
        values = [value.strip() if isinstance(value, str) else value for value in sent.getlist(key)]
        filled = [value for value in values if value != ""]
        if filled:
            typed[key] = filled if takes_several(info) else filled[-1]
    version = str(sent.get("version", ""))
    form: Form[M] = Form(typed=typed, version=int(version) if version.isdecimal() else None)
    try:
        form.parsed = model.model_validate(dict(typed))
    except ValidationError as faults:
        form.errors = sentences(model, faults)
    return form


def takes_several(info: FieldInfo) -> bool:
    return (get_origin(info.annotation) or info.annotation) in SEVERAL


def sentences(model: type[BaseModel], faults: ValidationError) -> dict[str, str]:
    """One sentence for each field that is not right, in the order of the fields."""
    found: dict[str, str] = {}
    for error in faults.errors():
        name = str(error["loc"][0]) if error["loc"] else "form"
        found.setdefault(name, _sentence(name, model.model_fields.get(name), error))
    return found


def _sentence(name: str, info: FieldInfo | None, error: ErrorDetails) -> str:
    """The model's own words win: Field(json_schema_extra={"error": "Name the supplier."}), or its validator's."""
    extra = info.json_schema_extra if info else None
    if isinstance(extra, Mapping) and "error" in extra:
        return str(extra["error"])
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    title = (info.title if info else None) or name.replace("_", " ").capitalize()
    return f"{title}: {_reason(error)}."


def _reason(error: ErrorDetails) -> str:
    kind, limits = error["type"], error.get("ctx", {})
    if kind == "missing":
        return "fill this in"
    if kind.startswith(("date", "time")):
        return "write the date as year-month-day, for example 2026-03-31"
    if kind.startswith(("int", "float", "decimal")):
        return "write a number"
    if kind == "string_too_long":
        return f"use at most {limits.get('max_length')} characters"
    if kind in ("enum", "literal_error"):
        return "choose one of the answers offered"
    return error["msg"][:1].lower() + error["msg"][1:]
