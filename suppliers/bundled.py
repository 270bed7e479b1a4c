"""Policy data that comes with the product."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Every process reads these files when it starts; what is compiled does so in a tenth of the time."""


def bundled(name: str) -> Any:
    """The content of one YAML file of `suppliers/policies`."""
    return content(bundled_text(name))


def bundled_text(name: str) -> str:
    """The file as it is written."""
    return files("suppliers").joinpath("policies", name).read_text("utf-8")


def content(text: str) -> Any:
    """What a YAML text of ours says."""
    return yaml.load(text, LOADER)
