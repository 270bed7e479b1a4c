"""What was recorded once can be read for ever: samples of every event and version, as they lie in the log.

After adding an event, or a new version of one: `python -m tests.events.samples`.
"""

from __future__ import annotations

import pytest

from suppliers.aggregate import DomainEvent
from tests.events.samples import Sample, event_classes, loaded, samples, shape

SAMPLES = samples()
NEWEST = {each.topic: each for each in sorted(SAMPLES, key=lambda each: each.version)}
CLASSES = event_classes()

of_each_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda each: f"{each.topic} {each.version}")
of_each_event = pytest.mark.parametrize("kind", CLASSES.values(), ids=lambda each: each.TOPIC)


@of_each_event
def test_every_event_has_a_sample_of_each_of_its_versions(kind: type[DomainEvent]) -> None:
    have = {each.version for each in SAMPLES if each.topic == kind.TOPIC}
    missing = set(range(1, kind.class_version + 1)) - have
    assert not missing, f"{kind.TOPIC} has no sample of {missing}: python -m tests.events.samples"


@of_each_sample
async def test_every_sample_loads_to_what_it_always_was(sample: Sample) -> None:
    assert sample.topic in CLASSES, f"{sample.topic} is on somebody's log and has no class any more"
    assert await loaded(sample) == sample.loads[str(CLASSES[sample.topic].class_version)]


@of_each_event
def test_what_an_event_stores_changes_only_with_its_version(kind: type[DomainEvent]) -> None:
    recorded, present = NEWEST[kind.TOPIC].shape, shape(kind)
    changed = {path for path in recorded.keys() | present if not fits(recorded.get(path), present.get(path))}
    assert not changed, f"{kind.TOPIC} stores {changed} otherwise: raise its class_version and write the upcast"


def fits(recorded: str | None, present: str | None) -> bool:
    """A choice may get more options; what could be chosen once can be read for ever."""
    if recorded is None or present is None:
        return False
    kind, *choices = recorded.split(" | ")
    now, *open_to = present.split(" | ")
    return kind == now and (set(choices) <= set(open_to) if choices else not open_to)


@pytest.mark.parametrize(
    ("recorded", "present", "well"),
    [
        ("string | a | b", "string | a | b | c", True),
        ("string | a | b", "string | a", False),
        ("string", "string | a", False),
        ("string", "integer", False),
        ("string", None, False),
        (None, "string", False),
    ],
)
def test_what_counts_as_a_change(recorded: str | None, present: str | None, well: bool) -> None:
    assert fits(recorded, present) is well
