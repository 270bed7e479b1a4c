"""Files that a killed rebuild left behind are removed by the next one, those of one under way are not."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from projections.rebuild.folder import DAY, PREFIX, folder, tidy

KILLED = """
import os
from projections.rebuild.folder import folder
with folder() as made:
    print(made, flush=True)
    os._exit(9)
"""


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def left(root: Path) -> set[str]:
    return {each.name for each in root.iterdir()}


def test_what_a_killed_rebuild_left_behind_goes_and_what_one_works_with_stays(root: Path) -> None:
    killed = [sys.executable, "-c", KILLED]
    made = subprocess.run(killed, env={**os.environ, "TMPDIR": str(root)}, capture_output=True, text=True).stdout
    assert Path(made.strip()).is_dir()
    with folder() as mine:
        (mine / "0000-00").write_bytes(b"row")
        tidy()
        assert left(root) == {mine.name}
        assert (mine / "0000-00").exists()
    assert left(root) == set()


def test_a_folder_just_being_made_stays_and_one_that_was_never_used_goes_after_a_day(root: Path) -> None:
    old, new, other = root / f"{PREFIX}old", root / f"{PREFIX}new", root / "else"
    for each in (old, new, other):
        each.mkdir()
    os.utime(old, (new.stat().st_mtime - DAY - 1,) * 2)
    tidy()
    assert left(root) == {new.name, other.name}
