"""What the requester says about a use."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict

Fact = bool | int | str | list[str]
"""A value of the questionnaires' `facts` vocabulary."""


class Intake(BaseModel):
    """What the requester says: questionnaire facts, and factors 0-4 (None = not known) of the risk method."""

    model_config = ConfigDict(frozen=True)

    facts: Mapping[str, Fact]
    factors: Mapping[str, int | None]
