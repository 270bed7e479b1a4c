"""The posture a decision rests on."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

SHIFT = 5.0
"""A pack is outdated when the residual risk moved by this much since it was prepared (domain reference, 8.6)."""


class Pack(BaseModel):
    """The posture a decision rests on, as it stood at a log position under a policy version."""

    model_config = ConfigDict(frozen=True)

    position: int
    policy: str
    tier: int
    band: str
    residual: float
    confidence: float
    knock_outs: tuple[str, ...] = ()
    within_appetite: bool
    provisional: bool = False
    questionnaire: str = ""
    why: str = ""

    def outdated_by(self, current: Pack) -> bool:
        """Whether the posture moved too far since this pack was prepared."""
        return (
            self.band != current.band
            or self.knock_outs != current.knock_outs
            or abs(self.residual - current.residual) >= SHIFT
        )
