"""An aggregate whose activities have a file each is still one aggregate, and its events have its name."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from eventsourcing.utils import resolve_topic

from suppliers.aggregate import AGGREGATES, Aggregate, Created

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


class Stall(Aggregate, part=True):
    """What the parts have in common."""

    CARRIED = ("place",)

    class Event(Aggregate.Event):
        place: str

    place: str
    takings: int


class Selling(Stall, part=True):
    class Sold(Stall.Event):
        price: int

        def apply(self, stall: Stall) -> None:
            stall.takings += self.price

    def sell(self, price: int) -> None:
        self.record(self.Sold, price=price, at=NOON)


class Closing(Stall, part=True):
    class Closed(Stall.Event):
        """Nothing changes."""

    def close(self) -> None:
        self.record(self.Closed, at=NOON)


class Market(Selling, Closing):
    class Opened(Stall.Event, Created):
        def apply(self, market: Market) -> None:
            market.place, market.takings = self.place, 0


def test_it_is_one_aggregate() -> None:
    market = Market._create(Market.Opened, id=uuid4(), place="Hay", timestamp=NOON)
    market.sell(3)
    market.close()
    assert (market.takings, market.version) == (3, 3)
    assert [type(each) for each in market.pending_events] == [Market.Opened, Market.Sold, Market.Closed]


def test_events_are_stored_under_the_name_of_the_whole() -> None:
    assert (Market.Opened.TOPIC, Market.Sold.TOPIC) == ("Market.Opened", "Market.Sold")
    assert resolve_topic("Market.Sold") is Market.Sold is Selling.Sold


def test_a_part_is_no_aggregate() -> None:
    assert AGGREGATES["Market"] is Market
    assert not {"Stall", "Selling", "Closing"} & AGGREGATES.keys()


def test_the_whole_knows_the_events_of_all_its_parts() -> None:
    assert {"Event", "Opened", "Sold", "Closed"} <= vars(Market).keys()
    assert Market.Event is Stall.Event


def test_a_part_belongs_to_one_aggregate_since_an_event_has_one_name() -> None:
    with pytest.raises(TypeError, match=r"Market\.Sold cannot be stored as Fair\.Sold too"):
        type("Fair", (Selling,), {})
    assert Selling.Sold.TOPIC == "Market.Sold"
