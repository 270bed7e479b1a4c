"""PostgreSQL is killed, frozen and cut off under load: all that was acknowledged is there, views are what follows."""

from __future__ import annotations

import random
from pathlib import Path

from tests.drills import faults
from tests.drills.chance import seed
from tests.drills.site import site, under_load

KILLS = 20


async def test_postgresql_killed_20_times_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    async with site(tmp_path, random.Random(seed())) as made:
        assert await under_load(made, faults.kill_postgres, KILLS) == []


async def test_terminated_backends_lose_nothing(tmp_path: Path) -> None:
    async with site(tmp_path, random.Random(seed())) as made:
        assert await under_load(made, faults.terminate_backends, 20) == []


async def test_a_frozen_postgresql_is_said_to_be_silent_and_work_goes_on_when_it_thaws(tmp_path: Path) -> None:
    async with site(tmp_path, random.Random(seed())) as made:
        assert await under_load(made, faults.freeze_postgres, 2) == []


async def test_two_projectors_at_once_do_no_harm(tmp_path: Path) -> None:
    async with site(tmp_path, random.Random(seed())) as made:
        made.project()
        assert await under_load(made, faults.terminate_backends, 5) == []


async def test_a_projector_cut_off_again_and_again_leaves_views_as_they_should_be(tmp_path: Path) -> None:
    async with site(tmp_path, random.Random(seed())) as made:
        assert await under_load(made, faults.cut_projector, 20) == []
