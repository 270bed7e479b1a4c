"""Stored JSON straight into an event: its class's own validator, with id and version added from their columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from pydantic_core import SchemaValidator, core_schema

from events.fact import Fact

COLUMNS = frozenset({"originator_id", "originator_version"})
"""Kept in columns of their own, so not in the state."""

Read = Callable[[UUID, int, bytes], Any]

IDS = 65_536
"""Streams whose id is at hand; a driver's own kind of UUID is turned into Python's once."""


class _Absent:
    """No value is one: in the state these fields may not be."""


ABSENT = core_schema.model_field(core_schema.with_default_schema(core_schema.is_instance_schema(_Absent), default=None))


def reader(kind: type[Fact]) -> Read:
    """How to read an event of this class; either way it is what pydantic makes of the whole JSON."""
    validator = without_columns(kind)
    return _whole(kind) if validator is None else _direct(validator)


def without_columns(kind: type[Fact]) -> SchemaValidator | None:
    """The class's validator for what is in the state; None for a class whose own hooks want to see the whole."""
    schema = kind.__pydantic_core_schema__
    if not _plain(schema):
        return None
    fields = {**schema["schema"]["fields"], **dict.fromkeys(COLUMNS, ABSENT)}
    try:  # without that word the class's own validator is taken, which asks for the columns
        return SchemaValidator(
            {**schema, "schema": {**schema["schema"], "fields": fields}},
            _use_prebuilt=False,
        )
    except TypeError:
        return None


def _plain(schema: Mapping[str, Any]) -> bool:
    if schema["type"] != "model" or schema["schema"]["type"] != "model-fields":
        return False
    fields = schema["schema"]["fields"]
    kept = [fields[name]["schema"] for name in ("originator_id", "originator_version")]
    hooked = schema.get("custom_init") or schema.get("root_model") or schema.get("post_init")
    return kept == [{"type": "uuid"}, {"type": "int"}] and not hooked


def _direct(validator: SchemaValidator) -> Read:
    validate = validator.validate_json

    def read(originator_id: UUID, version: int, state: bytes) -> Any:
        fact = validate(state)
        fields = fact.__dict__
        fields["originator_id"] = _id(originator_id)
        fields["originator_version"] = version
        fact.__pydantic_fields_set__.update(COLUMNS)
        return fact

    return read


def _whole(kind: type[Fact]) -> Read:
    validate = kind.__pydantic_validator__.validate_json

    def read(originator_id: UUID, version: int, state: bytes) -> Any:
        head = b'{"originator_id":"%s","originator_version":%d' % (str(originator_id).encode(), version)
        return validate(head + (b"," + state[1:] if len(state) > 2 else b"}"))

    return read


@lru_cache(IDS)
def _id(originator_id: UUID) -> UUID:
    return UUID(str(originator_id))
