"""What the policy makes of an intake."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict


class Rating(BaseModel):
    """Inherent risk 0-100 and the tier 1 (critical) to 4 (low) it leads to (None = prohibited), with the reasons."""

    model_config = ConfigDict(frozen=True)

    scores: Mapping[str, int]
    inherent: float
    tier: int | None
    reasons: tuple[str, ...] = ()
    policy: str
