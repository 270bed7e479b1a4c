"""One data folder, one process; and what is kept in it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from cli.embedded.folder import DataFolder, FolderClosed, FolderHeld


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "data")


def test_the_second_is_told_who_the_first_is(folder: DataFolder) -> None:
    folder.hold()
    with pytest.raises(FolderHeld, match=f"held by process {os.getpid()}"):
        DataFolder(folder.path).hold()
    folder.release()
    DataFolder(folder.path).hold()


def test_the_secret_is_made_once_and_readable_by_its_owner_alone(folder: DataFolder) -> None:
    folder.hold()
    secret = folder.secret()
    assert len(secret) >= 32
    assert DataFolder(folder.path).secret() == secret
    assert stat.S_IMODE((folder.path / "secret.key").stat().st_mode) == 0o600


def test_what_a_dead_instance_announced_is_not_believed(folder: DataFolder) -> None:
    folder.hold()
    folder.announce({"base_url": "http://127.0.0.1:8000"})
    assert DataFolder(folder.path).announced() == {"base_url": "http://127.0.0.1:8000"}
    os.close(folder._lock or 0)  # as after kill -9: the announcement stays, the lock does not
    folder._lock = None
    assert DataFolder(folder.path).announced() == {}


def test_a_folder_that_cannot_be_made_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FolderClosed, match="Name another with --data"):
        DataFolder(tmp_path / "file" / "data").hold()
