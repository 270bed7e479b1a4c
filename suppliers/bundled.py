"""Policy data that comes with the product."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml


def bundled(name: str) -> Any:
    """The content of one YAML file of `suppliers/policies`."""
    return yaml.safe_load(bundled_text(name))


def bundled_text(name: str) -> str:
    """The file as it is written."""
    return files("suppliers").joinpath("policies", name).read_text("utf-8")
