"""Stored JSON straight into an event: its class's own validator, with id and version added from their columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from pydantic_core import SchemaValidator, core_schema

from events.fact import Fact
from events.ids import Ids

COLUMNS = frozenset({"originator_id", "originator_version"})
"""Kept in columns of their own, so not in the state."""

Read = Callable[[UUID, int, bytes], Any]

UUID_SCHEMA = {"type": "uuid"}
MOMENT_SCHEMA = {"type": "datetime", "microseconds_precision": "truncate"}
IDS = 65_536
"""Streams whose id is at hand; a driver's own kind of UUID is turned into Python's once."""


class _Absent:
    """No value is one: in the state these fields may not be."""


ABSENT = core_schema.model_field(core_schema.with_default_schema(core_schema.is_instance_schema(_Absent), default=None))


def reader(kind: type[Fact], ids: Ids | None = None) -> Read:
    """How to read an event of this class; either way it is what pydantic makes of the whole JSON.

    With `ids`, those of the event are taken from there, and its moments are in Python's own UTC, with which it reckons
    ten times as fast. It refuses some ways of writing an id that pydantic knows, and knows some more of a moment.
    """
    validator = without_columns(kind, ids)
    if validator is None:
        return _whole(kind)
    return _direct(validator) if ids is None else _at_once(validator)


def without_columns(kind: type[Fact], ids: Ids | None = None) -> SchemaValidator | None:
    """The class's validator for what is in the state; None for a class whose own hooks want to see the whole."""
    schema = kind.__pydantic_core_schema__
    if not _plain(schema):
        return None
    own = schema["schema"]["fields"]
    fields = {**(own if ids is None else _at_hand(own, ids)), **dict.fromkeys(COLUMNS, ABSENT)}
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
    return kept == [UUID_SCHEMA, {"type": "int"}] and not hooked


def _at_hand(fields: Mapping[str, Any], ids: Ids) -> dict[str, Any]:
    """Every field that is an id or a moment, or may be one, made by what is quick at it."""
    id = core_schema.no_info_plain_validator_function(ids.__getitem__)
    moment = core_schema.no_info_plain_validator_function(datetime.fromisoformat)
    return {name: {**field, "schema": _with(field["schema"], id, moment)} for name, field in fields.items()}


def _with(schema: Mapping[str, Any], id: Any, moment: Any) -> Any:
    if schema["type"] in ("nullable", "default"):
        return {**schema, "schema": _with(schema["schema"], id, moment)}
    return id if schema == UUID_SCHEMA else moment if schema == MOMENT_SCHEMA else schema


def _direct(validator: SchemaValidator) -> Read:
    read = _at_once(validator)
    return lambda originator_id, version, state: read(_id(originator_id), version, state)


def _at_once(validator: SchemaValidator) -> Read:
    validate = validator.validate_json

    def read(originator_id: UUID, version: int, state: bytes) -> Any:
        fact = validate(state)
        fields = fact.__dict__
        fields["originator_id"] = originator_id
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
