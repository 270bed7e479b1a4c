"""The drills can see: each of these bugs, put in on purpose, turns one of them red, and without it the drill is green.

A skipped lock is planted where order is tested: tests/events/test_ordering.py.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.embedded.nats import Nats
from tests.drills import faults, passing_on, planted
from tests.drills.chance import seed
from tests.drills.site import Fault, Site, site, under_load
from tests.events import judging

Plant = Callable[[Site, pytest.MonkeyPatch], None]


@pytest.mark.parametrize(
    ("plant", "fault", "said"),
    [
        (planted.checkpoint_before_rows, faults.cut_projector, "view_"),
        (planted.acknowledged_before_commit, faults.kill_postgres, judging.LOST),
        (planted.swallowed_failures, faults.spoil_a_fold, "view_register"),
        (planted.begins_where_the_furthest_is, faults.spoil_a_fold, "view_register"),
        (planted.tried_again_as_another_command, faults.terminate_backends, judging.FORGED),
    ],
)
async def test_a_planted_bug_turns_its_drill_red(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plant: Plant, fault: Fault, said: str
) -> None:
    async with site(tmp_path, random.Random(seed())) as made:
        plant(made, monkeypatch)
        wrong = await under_load(made, fault, 8)
        assert any(each.startswith(said) for each in wrong), wrong


async def test_appends_that_do_not_wait_for_the_disk_are_seen(tmp_path: Path) -> None:
    async with site(tmp_path, random.Random(seed()), settings=["synchronous_commit=off"]) as made:
        assert judging.LOST in await under_load(made, faults.kill_postgres, 5)


async def test_a_fold_that_fails_for_a_while_leaves_no_trace(tmp_path: Path) -> None:
    async with site(tmp_path, random.Random(seed())) as made:
        assert await under_load(made, faults.spoil_a_fold, 5) == []


@pytest.mark.parametrize("broken", [False, True])
async def test_a_relay_that_is_cut_off_skips_nothing_unless_it_marks_before_it_publishes(
    tmp_path: Path, own_nats: Nats, monkeypatch: pytest.MonkeyPatch, *, broken: bool
) -> None:
    if broken:
        planted.marked_before_published(monkeypatch)
    async with site(tmp_path, random.Random(seed())) as made:
        expected = [passing_on.MISSING] if broken else []
        assert await passing_on.relayed(made, own_nats.url, random.Random(seed()), cuts=20) == expected
