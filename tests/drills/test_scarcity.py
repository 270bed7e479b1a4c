"""Too little of something: room on the disk, connections, answers. It is said, nothing is lost, and work goes on."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.drills import faults
from tests.drills.chance import seed
from tests.drills.site import site, under_load

ROOM = "size=200m"
SETTINGS = ["min_wal_size=32MB", "max_wal_size=48MB"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", ROOM, "tmpfs", folder], capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"NOT DRILLED: no small disk can be made here: {mounted.stderr.strip()}")
    folder.chmod(0o755)
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


async def test_a_full_disk_refuses_loses_nothing_and_goes_on_once_there_is_room(small_disk: Path) -> None:
    async with site(small_disk, random.Random(seed()), settings=SETTINGS) as made:
        assert await under_load(made, faults.fill_the_disk, 2) == []
        assert made.load.failures, "somebody was told"


async def test_answers_that_are_lost_after_the_append_was_sent_record_nothing_twice(tmp_path: Path) -> None:
    async with site(tmp_path, random.Random(seed()), proxied=True) as made:
        assert await under_load(made, faults.lose_an_answer, 40) == []


async def test_a_pool_without_a_free_connection_is_a_clear_failure_and_passes(tmp_path: Path) -> None:
    async with site(tmp_path, random.Random(seed()), connections=4) as made:
        assert await under_load(made, faults.take_all_connections, 2) == []
        assert made.load.failures <= {"TimeoutError", "OutcomeUnknown"}
