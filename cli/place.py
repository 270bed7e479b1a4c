"""Which instance a command works on: the one running in a data folder, else the one the environment names."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.embedded.folder import DataFolder
from cli.settings import Misconfigured, Settings, settings_from_environment

DEFAULT_DATA = Path(".tierce")
Data = Annotated[Path | None, typer.Option(help="The data folder of a running `tierce up`.", envvar="TIERCE_DATA")]
NOWHERE = "No instance is running in ./.tierce: name its folder with --data or TIERCE_DATA, or set these."


def settings_of(data: Path | None) -> Settings:
    """`--data` names a folder; without it ./.tierce is used when an instance runs there."""
    announced = DataFolder(data or DEFAULT_DATA).announced()
    if announced:
        return Settings(**announced)
    if data is not None:
        raise Misconfigured([f"No instance is running in {data}: start it with tierce up --data {data}."])
    try:
        return settings_from_environment()
    except Misconfigured as missing:
        raise Misconfigured([NOWHERE, *missing.sentences]) from None
