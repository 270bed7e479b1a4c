"""What a message says: where in the log to look. The log itself stays in one place."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Pointer(BaseModel):
    """A position in the log, and the stored name of the fact there."""

    model_config = ConfigDict(frozen=True)

    position: int
    topic: str
