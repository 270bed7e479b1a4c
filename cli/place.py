"""Which instance a command works on: the one running in a data folder, else the one the environment names."""

from __future__ import annotations

from pathlib import Path

from cli.embedded.folder import DataFolder
from cli.settings import Misconfigured, Settings, settings_from_environment

DEFAULT_DATA = Path(".tierce")


def settings_of(data: Path | None) -> Settings:
    """`--data` names a folder; without it ./.tierce is used when an instance runs there."""
    announced = DataFolder(data or DEFAULT_DATA).announced()
    if announced:
        return Settings(**announced)
    if data is not None:
        raise Misconfigured([f"No instance is running in {data}: start it with tierce up --data {data}."])
    return settings_from_environment()
