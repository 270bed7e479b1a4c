"""A tiny harbour: enough of a domain to try the store with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from pydantic import BaseModel

from suppliers.aggregate import Aggregate, Created

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


class Sunk(Exception):
    """This boat lies on the ground."""


class Boat(Aggregate):
    class Event(Aggregate.Event):
        """A fact about a boat."""

    class Launched(Event, Created):
        name: str

        def apply(self, boat: Boat) -> None:
            boat.name, boat.legs, boat.sunk, boat.skipper = self.name, 0, False, None

    class Sailed(Event):
        """Version 2: miles were called `distance` first."""

        class_version: ClassVar[int] = 2
        miles: int

        @staticmethod
        def upcast_v1_v2(state: dict[str, Any]) -> None:
            state["miles"] = state.pop("distance")

        def apply(self, boat: Boat) -> None:
            boat.legs += self.miles

    class Manned(Event):
        PERSONAL: ClassVar[Mapping[str, str]] = {"skipper": "person"}
        person: UUID | None
        skipper: str | None

        def apply(self, boat: Boat) -> None:
            boat.skipper = self.skipper

    class Foundered(Event):
        def apply(self, boat: Boat) -> None:
            boat.sunk = True

    name: str
    legs: int
    sunk: bool
    skipper: str | None

    @classmethod
    def launch(cls, name: str = "Heron", id: UUID | None = None) -> Boat:
        return cls._create(cls.Launched, id=id or uuid4(), timestamp=NOON, name=name)

    def sail(self, miles: int) -> None:
        if self.sunk:
            raise Sunk
        self.record(self.Sailed, at=NOON, miles=miles)

    def man(self, person: UUID | None, skipper: str | None) -> None:
        self.record(self.Manned, at=NOON, person=person, skipper=skipper)

    def founder(self) -> None:
        if self.sunk:
            raise Sunk
        self.record(self.Foundered, at=NOON)


class Buoy(Aggregate):
    class Event(Aggregate.Event):
        """A fact about a buoy."""

    class Laid(Event, Created):
        def apply(self, buoy: Buoy) -> None:
            buoy.passed = 0

    class Passed(Event):
        def apply(self, buoy: Buoy) -> None:
            buoy.passed += 1

    passed: int

    @classmethod
    def lay(cls) -> Buoy:
        return cls._create(cls.Laid, id=uuid4(), timestamp=NOON)


class Launch(BaseModel, frozen=True):
    retried: ClassVar[bool] = False
    boat: UUID


class Sail(BaseModel, frozen=True):
    retried: ClassVar[bool] = False
    boat: UUID
    buoys: tuple[UUID, ...] = ()


class Drift(BaseModel, frozen=True):
    retried: ClassVar[bool] = True
    boat: UUID


class Scuttle(BaseModel, frozen=True):
    retried: ClassVar[bool] = False
    boat: UUID


class Look(BaseModel, frozen=True):
    retried: ClassVar[bool] = False
    boat: UUID


def launch(command: Launch, desk: Any) -> None:
    desk.add(Boat.launch(id=command.boat))


def sail(command: Sail, desk: Any) -> None:
    """Touches the boat before it asks for the buoys, as a handler may."""
    desk.get(Boat, command.boat).sail(7)
    for buoy in command.buoys:
        desk.get(Buoy, buoy).record(Buoy.Passed, at=desk.now)


def drift(command: Drift, desk: Any) -> None:
    desk.get(Boat, command.boat).sail(1)


def scuttle(command: Scuttle, desk: Any) -> None:
    desk.get(Boat, command.boat).founder()


def look(command: Look, desk: Any) -> None:
    desk.find(Boat, command.boat)


HANDLERS: Mapping[Any, Any] = {Launch: launch, Sail: sail, Drift: drift, Scuttle: scuttle, Look: look}
