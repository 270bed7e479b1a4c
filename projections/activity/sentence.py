"""A sentence from its template: what is kept of an event, and how it reads once names are known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from projections.activity.sentences import SENTENCES

if TYPE_CHECKING:
    from projections.activity.entries import Entry

PLACE = re.compile(r"\{([a-z_0-9.]+)(?:\|([^|}]*)\|([^|}]*))?\}")
OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
NAMELESS = {
    "actor": "Somebody",
    "use_id": "a use",
    "subject_id": "a model or data source",
    "VendorModel": "a model",
    "DataSource": "a data source",
    "Use": "a use",
    "Attestation": "an attestation",
    "Person": "a person",
}
"""What stands where a name is not known (any more, or yet)."""

Value = str | int | float | bool | None


class Kept(NamedTuple):
    """What a sentence needs of an event: values, and ids whose names are looked up when it is read."""

    params: dict[str, Value]
    ids: dict[str, UUID]


def kept(event: Any) -> Kept:
    """The values of an event that its sentence names."""
    params: dict[str, Value] = {}
    ids: dict[str, UUID] = {}
    for path in paths(event.TOPIC):
        value = _value(event, path)
        if isinstance(value, UUID):
            ids[path] = value
        else:
            params[path] = _plain(value)
    return Kept(params, ids)


@cache
def paths(topic: str) -> tuple[str, ...]:
    """What a sentence takes from the event itself."""
    named = (place[1] for place in PLACE.finditer(SENTENCES[topic]))
    return tuple(path for path in named if path not in ("actor", "self"))


def sentence(row: Entry, names: Mapping[UUID, str]) -> str:
    """The sentence, with the names of persons and things."""
    if not row.legible:
        return f"This entry cannot be read here: {row.topic}, position {row.position}."
    template = OPTIONAL.sub(lambda part: part[1] if _filled(part[1], row) else "", SENTENCES[row.topic])
    text = PLACE.sub(lambda place: _word(place, row, names), template).strip()
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _filled(part: str, row: Entry) -> bool:
    return all(row.params.get(place[1]) not in (None, "") for place in PLACE.finditer(part))


def _word(place: re.Match[str], row: Entry, names: Mapping[UUID, str]) -> str:
    path, yes, no = place[1], place[2], place[3]
    if path == "actor":
        return names.get(row.actor, NAMELESS["actor"]) if row.actor else NAMELESS["actor"]
    if path == "self":
        return names.get(row.aggregate_id, NAMELESS.get(row.aggregate, "it"))
    if path in row.ids:
        return names.get(row.ids[path], NAMELESS.get(path, "somebody"))
    value = row.params.get(path)
    if yes is not None:
        return yes if value else no
    return _shown(path, value)


def _shown(path: str, value: Value) -> str:
    if isinstance(value, float):
        return f"{value:.1f}"
    text = "" if value is None else str(value)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return _day(date.fromisoformat(text))
    if re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)", text):
        moment = datetime.fromisoformat(text)
        return f"{_day(moment.date())}, {moment:%H:%M} UTC"
    if path == "step":
        return step_in_words(text)
    return text.replace("_", " ") if path.split(".")[-1] in WORDS else text


def step_in_words(step: str) -> str:
    """A step of the reminder schedule (suppliers.cadence): "deadline-3" is three days before the deadline."""
    found = STEP.fullmatch(step)
    if found is None:
        return step
    days, (then, that_day) = int(found["days"] or 0), STEPS[found["from"]]
    count = f"{abs(days)} {'day' if abs(days) == 1 else 'days'}"
    return f"{count} {'before' if days < 0 else 'after'} {then}" if days else that_day


STEP = re.compile(r"(?P<from>sent|deadline)(?P<days>[+-]\d+)?")
STEPS = {
    "sent": ("the questionnaire was sent", "on the day the questionnaire was sent"),
    "deadline": ("the deadline", "on the day of the deadline"),
}
WORDS = frozenset({"eu_class", "trains_on_our_data", "outcome", "verdict", "role", "effect", "kind"})
"""Values that are keys rather than somebody's words."""


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _value(event: Any, path: str) -> Any:
    for name in path.split("."):
        event = getattr(event, name)
    return event


def _plain(value: Any) -> Value:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, date):  # a datetime is one, too
        return value.isoformat()
    assert value is None or isinstance(value, str | int | float), value
    return value
