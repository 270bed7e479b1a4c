"""Every command works on the instance that is named, by --data or TIERCE_DATA, and says so when there is none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.core import TyperGroup
from typer.main import get_command
from typer.testing import CliRunner

from cli.main import app


def commands(group: TyperGroup, *names: str) -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from commands(command, *names, name)
        else:
            yield " ".join((*names, name)), command


def test_whatever_takes_a_data_folder_takes_it_from_the_environment_too() -> None:
    whole = get_command(app)
    assert isinstance(whole, TyperGroup)
    given = {name: each for name, command in commands(whole) for each in command.params if each.name == "data"}
    assert len(given) > 12 and "verify" in given and "erase" in given
    assert [name for name, each in given.items() if each.envvar != "TIERCE_DATA"] == []


def test_where_no_instance_is_found_it_is_said_how_to_name_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TIERCE_DATA", raising=False)
    monkeypatch.delenv("TIERCE_DATABASE_URL", raising=False)
    nowhere = CliRunner().invoke(app, ["verify"])
    assert nowhere.exit_code == 1
    assert nowhere.stderr.startswith("No instance is running in ./.tierce: name its folder with --data or TIERCE_DATA")
    elsewhere = CliRunner().invoke(app, ["verify"], env={"TIERCE_DATA": str(tmp_path / "there")})
    assert f"No instance is running in {tmp_path / 'there'}" in elsewhere.stderr
