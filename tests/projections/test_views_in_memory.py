"""A view is a pure fold: what it makes of a log depends on nothing else."""

from __future__ import annotations

from itertools import pairwise
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projections.all import VIEWS
from projections.batch import digest, finish, keys_of
from projections.follower import ids_in
from projections.step import begins
from projections.view import View, fold
from suppliers.aggregate import AGGREGATES, DomainEvent
from tests.projections.log import Fact, Log
from tests.projections.tallies import erased, granted, log_of, registered, tallies

ADA = uuid4()


def test_a_row_is_made_changed_and_taken_away_by_events() -> None:
    assert fold(tallies(), log_of(registered(ADA), granted(ADA)))[str(ADA)].roles == 1
    assert fold(tallies(), log_of(registered(ADA), erased(ADA))) == {}


def test_an_event_that_concerns_no_row_changes_nothing(told: Log) -> None:
    suppliers_only = [fact for fact in told.facts if not fact.topic.startswith("Person.")]
    assert fold(tallies(), suppliers_only) == {}


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_nothing_is_kept_of_what_begins_before_it_has_begun(view: View[Any], told: Log) -> None:
    rows: dict[str, Any] = {}
    for fact in told.facts:
        begun = begins([fact])
        assert all(begun.isdisjoint(ids_in(key)) for key in rows)
        rows.update(view.digest(rows, fact))


def test_a_batch_stops_before_the_event_it_cannot_digest_and_keeps_what_came_before() -> None:
    events = log_of(registered(ADA), granted(ADA), granted(ADA, 3))
    batch = digest(tallies(stumbles_at={3}), {}, events, 0)
    assert batch.position == 2
    assert batch.rows[str(ADA)] is not None
    assert batch.fault is not None
    assert batch.fault.position == 3


def test_no_view_and_no_version_has_the_name_of_another() -> None:
    assert len({view.name for view in VIEWS}) == len(VIEWS)
    assert len({view.checkpoint for view in VIEWS}) == len(VIEWS)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_folding_twice_gives_the_same(view: View, told: Log) -> None:
    assert fold(view, told.facts) == fold(view, told.facts)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_every_row_comes_back_from_what_is_kept_of_it(view: View, told: Log) -> None:
    for row in fold(view, told.facts).values():
        assert view.row_type.model_validate_json(view.text(row)) == row


@given(cuts=st.lists(st.integers(0, 10_000), max_size=12))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_any_split_into_batches_gives_the_same_rows(view: View, told: Log, cuts: list[int]) -> None:
    assert in_batches(view, told.facts, [cut % len(told.facts) for cut in cuts]) == fold(view, told.facts)


def in_batches(view: View, facts: list[Fact], cuts: list[int]) -> dict[str, object]:
    """As the projector does it: rows are finished and written after each batch, and read back for the next."""
    table: dict[str, str] = {}
    edges = sorted({0, *cuts, len(facts)})
    for begin, end in pairwise(edges):
        events = facts[begin:end]
        keys = keys_of(view, events) & set(table)
        loaded = {key: view.row_type.model_validate_json(table[key]) for key in keys}
        batch = digest(view, loaded, events, begin)
        assert batch.fault is None, batch.fault
        for key, row in finish(view, batch.rows).items():
            if row is None:
                table.pop(key, None)
            else:
                table[key] = row.model_dump_json()
    return {key: view.row_type.model_validate_json(row) for key, row in table.items()}


def test_every_kind_of_fact_in_the_portfolio_is_one_the_views_were_tried_with(told: Log) -> None:
    """The portfolio is what the other tests see: it should hold most of what can happen."""
    known = {kind.TOPIC for kind in stored_events()}
    met = {fact.topic for fact in told.facts}
    assert met <= known
    assert len(met) > len(known) / 2


def stored_events() -> set[type[DomainEvent]]:
    found = set()
    for aggregate in AGGREGATES.values():
        for value in vars(aggregate).values():
            if isinstance(value, type) and issubclass(value, DomainEvent) and not value.__subclasses__():
                found.add(value)
    return found
