"""Reference controls of ISO/IEC 42001: identifiers and short titles."""

from __future__ import annotations

from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from suppliers.bundled import bundled


class Control(BaseModel):
    """One control of Annex A, and what we ask about it in our own words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: str
    role: Literal["primary", "ask", "internal"]
    ask: str


class Controls(BaseModel):
    """The controls of one standard."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["controls/1"] = Field(alias="schema")
    standard: str
    controls: tuple[Control, ...]


@cache
def iso42001() -> dict[str, Control]:
    """Every control by its id."""
    return {each.id: each for each in Controls.model_validate(bundled("iso42001.yaml")).controls}
