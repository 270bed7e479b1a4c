"""History judged again under a policy that is only tried."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any
from uuid import UUID

import pytest
import yaml

from projections import posture
from projections.view import fold
from projections.whatif.trial import Tried, rerated, tried
from suppliers.bundled import bundled, bundled_text
from suppliers.policy import POLICIES, ScoringPolicy, policy
from suppliers.policy_trial import LONGEST, InvalidPolicy, policy_in
from suppliers.posture import Band
from suppliers.supplier import Supplier
from tests.projections.log import Log

TODAY = date(2027, 1, 1)


def changed(**bands: float) -> ScoringPolicy:
    """The policy in force with other edges."""
    content: dict[str, Any] = deepcopy(bundled(POLICIES[-1]))
    content["version"] += 1
    content["bands"].update(bands)
    return ScoringPolicy.model_validate(content)


def trials(told: Log, trial: ScoringPolicy) -> list[Tried]:
    ids = [each.event.originator_id for each in told.facts if isinstance(each.event, Supplier.Proposed)]
    return [tried("Northwind", facts_of(told, id), trial, TODAY) for id in ids]


def facts_of(told: Log, id: UUID) -> list[Any]:
    return [each for each in told.facts if id in (each.event.originator_id, getattr(each.event, "supplier_id", None))]


def test_the_policy_in_force_moves_nobody(told: Log) -> None:
    for each in trials(told, policy()):
        assert each.moved == ()
        assert all(before is after for before, after in each.standing)


def test_other_edges_move_those_between_them_and_say_since_when_and_why(told: Log) -> None:
    [moved] = [one for each in trials(told, changed(watch=15, elevated=33)) for one in each.moved]
    assert (moved.before, moved.after) == (Band.WATCH, Band.ELEVATED)
    assert moved.score_before == moved.score_after
    assert "Elevated begins at 33 instead of 45." in moved.reasons
    assert not any(each.startswith("Watch begins") for each in moved.reasons), "it is beyond that edge on both sides"
    [episode] = moved.episodes
    assert episode.since == date(2026, 3, 2)
    assert episode.until == date(2026, 6, 30), "from its suspension on both say suspended"
    assert not moved.now


def test_every_use_is_rated_anew_but_a_tier_that_somebody_set_stays(told: Log) -> None:
    content: dict[str, Any] = deepcopy(bundled(POLICIES[-1]))
    content["tiers"] = {1: 76, 2: 55, 3: 20, 4: 0}
    trial = ScoringPolicy.model_validate(content)
    uses = [use for row in fold(posture.VIEW, told.facts).values() for use in row.uses.values() if use.rating]
    anew = [(use, rerated(use, trial, TODAY)) for use in uses]
    policys = {(use.tier, other.tier) for use, other in anew if use.rating and use.tier == use.rating.tier}
    assert policys == {(1, 2), (2, 3), (4, 3)}
    assert [other.tier for use, other in anew if use.rating and use.tier != use.rating.tier] == [1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("bands: [", "Line 1"),
        ("just words", "A policy is a list of names"),
        ("a: &x 1\nb: *x", "Write every value out"),
        (bundled_text(POLICIES[-1]).replace("watch: 25", "watch: many"), "bands.watch"),
        (bundled_text(POLICIES[-1]).replace("watch: 25", "watch: 46"), "watch has to begin below elevated"),
        (bundled_text(POLICIES[-1]).replace("watch: 25", "watch: 2026-02-30"), "A value cannot be read: day is out of"),
        (bundled_text(POLICIES[-1]) + "\nnonsense: 1\n", "nonsense"),
        (bundled_text(POLICIES[-1]) + "\nbands: {watch: 1, elevated: 2, unacceptable: 3}\n", "bands stands here again"),
        ("[" * LONGEST, "brackets in brackets"),
        ("- " * (LONGEST // 2), "brackets in brackets"),
        ("? [a, b]\n: 1\n? [a, b]\n: 2\n", "stands here again"),
        ("a: !!timestamp x", "Write every value out"),
    ],
)
def test_what_is_no_policy_is_refused_with_its_place(text: str, said: str) -> None:
    with pytest.raises(InvalidPolicy) as refused:
        policy_in(text)
    assert any(said in sentence for sentence in refused.value.sentences), refused.value.sentences


def test_the_policy_in_force_can_be_written_down_and_read_again() -> None:
    assert policy_in(bundled_text(POLICIES[-1])) == policy()
    assert policy_in(yaml.safe_dump(bundled(POLICIES[-1]))) == policy()
