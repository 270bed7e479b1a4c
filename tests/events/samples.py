"""Stored samples of every event the domain has ever written; `python -m tests.events.samples` adds those of new ones.

What is there is never rewritten: it stands for what lies in somebody's log. A sample of an event that was never in any
release may be taken out by hand.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import suppliers.commands  # noqa: F401 - brings every aggregate with it
from events.keys import MemoryKeyring
from events.mapper import Mapper
from events.stored import Draft, Stored
from suppliers.aggregate import AGGREGATES, DomainEvent
from tests.events.specimen import NOON, specimen

FILE = Path(__file__).with_name("samples.json")


class Sample(NamedTuple):
    """An event as one version of its class stored it."""

    topic: str
    version: int
    """Of the class that wrote it."""
    originator_id: UUID
    originator_version: int
    state: str
    """What lies in the log, to the byte."""
    shape: Mapping[str, str]
    """Every value the class of that version could store, and of what kind."""
    loads: Mapping[str, Any]
    """What it is when loaded, by the version of the class that loads it."""

    @property
    def stored(self) -> Stored:
        draft = Draft(self.originator_id, self.originator_version, self.topic, self.state.encode())
        return Stored(*draft, position=1, recorded_at=NOON, actor=None, command_id=None, correlation_id=None)


class TestKeys(MemoryKeyring):
    """Everybody's key is known, so that what was sealed once opens for ever."""

    __test__ = False

    async def _create(self, keys: Mapping[UUID, bytes]) -> None:
        self._keys.update({person: person.bytes * 2 for person in keys})

    async def _select(self, persons: set[UUID]) -> Mapping[UUID, bytes | None]:
        return {person: person.bytes * 2 for person in persons}


def event_classes() -> dict[str, type[DomainEvent]]:
    """Stored name -> class, of every event that the domain defines."""
    domain = [kind for kind in AGGREGATES.values() if kind.__module__.startswith("suppliers.")]
    found = [each for kind in domain for name, each in vars(kind).items() if _is_event(name, each)]
    return {each.TOPIC: each for each in found}


def _is_event(name: str, value: object) -> bool:
    base = name == "Event" or name.startswith("_")
    return isinstance(value, type) and issubclass(value, DomainEvent) and not base


def samples() -> list[Sample]:
    known = json.loads(FILE.read_text()) if FILE.exists() else []
    return [Sample(**{**each, "originator_id": UUID(each["originator_id"])}) for each in known]


async def loaded(sample: Sample) -> dict[str, Any]:
    """What the running class makes of it, in JSON."""
    (event,) = await Mapper(TestKeys()).facts([sample.stored])
    shown: dict[str, Any] = event.model_dump(mode="json")  # type: ignore[attr-defined]
    return shown


def shape(kind: type[DomainEvent]) -> dict[str, str]:
    """Path -> kind of value, of everything that this class stores."""
    schema = kind.model_json_schema(mode="serialization")
    return dict(sorted(_paths(schema, schema.get("$defs", {}), "")))


def _paths(schema: Mapping[str, Any], definitions: Mapping[str, Any], path: str) -> Iterator[tuple[str, str]]:
    if reference := schema.get("$ref"):
        yield from _paths(definitions[reference.rsplit("/", 1)[1]], definitions, path)
        return
    for name, each in schema.get("properties", {}).items():
        yield from _paths(each, definitions, f"{path}.{name}" if path else name)
    for choice in schema.get("anyOf", ()):
        yield from _paths(choice, definitions, f"{path}?")
    for inner in (schema.get("items"), schema.get("additionalProperties")):
        if isinstance(inner, dict):
            yield from _paths(inner, definitions, f"{path}[]")
    if not {"properties", "anyOf"} & schema.keys():
        kind = schema.get("format") or schema.get("type", "anything")
        choices = [str(each) for each in (*schema.get("enum", ()), schema.get("const")) if each is not None]
        yield f"{path}:{kind}" if path.endswith("?") else path, " | ".join([kind, *choices])


async def sampled(kind: type[DomainEvent]) -> Sample:
    event = specimen(kind)
    (draft,) = await Mapper(TestKeys()).drafts([event])
    sample = Sample(kind.TOPIC, kind.class_version, *draft[:2], draft.state.decode(), shape(kind), {})
    return await also_loaded(sample, kind)


async def also_loaded(sample: Sample, kind: type[DomainEvent]) -> Sample:
    """With what the running version of its class makes of it."""
    now = str(kind.class_version)
    return sample if now in sample.loads else sample._replace(loads={**sample.loads, now: await loaded(sample)})


async def complete() -> list[Sample]:
    """The samples there are, and those that were missing."""
    classes, known = event_classes(), samples()
    have = {(each.topic, each.version) for each in known}
    kept = [await also_loaded(each, classes[each.topic]) if each.topic in classes else each for each in known]
    new = [await sampled(kind) for topic, kind in classes.items() if (topic, kind.class_version) not in have]
    return [*kept, *new]


def main() -> None:
    before, after = samples(), asyncio.run(complete())
    FILE.write_text(json.dumps([each._asdict() for each in after], indent=1, ensure_ascii=False, default=str) + "\n")
    for each in after:
        if each not in before:
            print(f"{each.topic} version {each.version}")


if __name__ == "__main__":
    main()
