"""The state of an aggregate as JSON, typed by its class's annotations, and back; only when nothing is lost."""

from __future__ import annotations

import sys
from datetime import datetime
from enum import Enum
from functools import lru_cache
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from typing import Any, ClassVar, get_origin, get_type_hints
from uuid import UUID

import pydantic
from pydantic import TypeAdapter
from typing_extensions import TypedDict

FORM = "1"
"""Of what is written here; raise it when that changes."""

BASE = {"_id", "_version", "_created_on", "_modified_on", "_pending_events"}
"""What the library's base class keeps on every aggregate."""


class Lossy(Exception):
    """What was read back is not what was written."""


class Form:
    """Of one class of aggregates. Attributes without an annotation cannot be written: then there is no such state."""

    def __init__(self, kind: type[Any]) -> None:
        hints = {name: hint for name, hint in get_type_hints(kind).items() if get_origin(hint) is not ClassVar}
        typed: Any = TypedDict
        self._kind = kind
        self._facts = {name: hint for name, hint in hints.items() if not hasattr(kind, name)}
        facts = typed("Facts", self._facts)
        base = {"id": UUID, "version": int, "created_on": datetime, "modified_on": datetime}
        self._adapter: TypeAdapter[Any] = TypeAdapter(typed("State", {**base, "facts": facts}))

    def write(self, aggregate: Any) -> bytes:
        """Raises what it likes when it cannot."""
        facts = {name: value for name, value in aggregate.__dict__.items() if name not in BASE}
        if facts.keys() != self._facts.keys():
            raise Lossy(f"{self._kind.__name__}: {sorted(facts.keys() ^ self._facts.keys())}")
        base = {name: getattr(aggregate, name) for name in ("id", "version", "created_on", "modified_on")}
        state = self._adapter.dump_json({**base, "facts": facts}, warnings="error")
        if not alike(self.read(state).__dict__, {**aggregate.__dict__, "_pending_events": []}):
            raise Lossy(self._kind.__name__)
        return state

    def read(self, state: bytes) -> Any:
        """A new aggregate each time; nobody decided anything on it yet."""
        written = self._adapter.validate_json(state)
        aggregate: Any = object.__new__(self._kind)
        aggregate.__base_init__(
            originator_id=written["id"], originator_version=written["version"], timestamp=written["created_on"]
        )
        aggregate.__dict__.update(written["facts"], _modified_on=written["modified_on"])
        return aggregate


@lru_cache
def form_of(kind: type[Any]) -> Form:
    return Form(kind)


@lru_cache
def fingerprint(kind: type[Any]) -> str:
    """Of all code an aggregate's class may rest on; another release does not read what this one wrote."""
    return code_of(folder_of(kind))


def folder_of(kind: type[Any]) -> Path:
    """Of the outermost package the class is in, however deep."""
    packages = accumulate(kind.__module__.split("."), "{}.{}".format)
    files = (getattr(sys.modules[each], "__file__", None) for each in packages)
    return Path(next(file for file in files if file)).parent


def code_of(folder: Path) -> str:
    """A hash of all modules in it, however deep."""
    digest = sha256(f"{FORM} {pydantic.VERSION} {sys.version_info[:2]}".encode())
    for file in sorted(folder.rglob("*.py")):
        digest.update(sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def alike(one: Any, other: Any) -> bool:
    """Equal, and of the same types all the way down."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(alike(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(alike, one, other))
    if hasattr(one, "__dict__") and not isinstance(one, Enum):
        return alike(one.__dict__, other.__dict__)
    return bool(one == other)
