"""A tiny view, to try the projector with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any, Literal
from uuid import UUID, uuid4

from projections.view import Column, Row, View, but
from suppliers.person import Person, PersonKind
from suppliers.ports import Recorded
from tests.projections.log import Fact

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Tally(Row):
    name: str
    roles: int = 0


def tallies(
    name: str = "tallies",
    *,
    version: int = 1,
    columns: Iterable[Column] = (),
    stumbles_at: set[int] | None = None,
    days: bool | Literal["columns"] = False,
    worth: Callable[[Tally], bool] | None = None,
) -> View[Tally]:
    """Counts roles; cannot digest what lies at the positions it stumbles at."""
    counted = (Column("roles", "integer", lambda row: row.roles), *columns)
    view = View(name, version, Tally, columns=counted, days=days, worth=worth)

    @view.on(Person.Registered)
    def registered(_: None, event: Person.Registered, recorded: Recorded) -> Tally:
        return Tally(name=event.name)

    @view.on(Person.RoleGranted)
    def granted(row: Tally, event: Person.RoleGranted, recorded: Recorded) -> Tally:
        if stumbles_at and recorded.position in stumbles_at:
            raise ValueError("what is this?")
        return but(row, roles=row.roles + 1)

    @view.on(Person.Erased)
    def erased(row: Tally, event: Person.Erased, recorded: Recorded) -> None:
        return None

    return view


def registered(person: UUID, name: str = "Ada") -> Any:
    return Person.Registered(
        originator_id=person,
        originator_version=1,
        originator_topic="Person",
        timestamp=NOON,
        kind=PersonKind.STAFF,
        name=name,
        email="ada@example.org",
    )


def granted(person: UUID, version: int = 2) -> Any:
    return Person.RoleGranted(
        originator_id=person, originator_version=version, timestamp=NOON, role="legal", by=uuid4()
    )


def erased(person: UUID, version: int = 3) -> Any:
    return Person.Erased(originator_id=person, originator_version=version, timestamp=NOON, reason="asked", by=uuid4())


def log_of(*events: Any) -> list[Fact]:
    return [Fact(position, event, type(event).TOPIC, NOON, None) for position, event in enumerate(events, 1)]
