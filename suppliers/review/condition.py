"""What an approval depends on."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class Condition(BaseModel):
    """What an approval depends on; missing it by its due date triggers a review of the use."""

    model_config = ConfigDict(frozen=True)

    text: str
    owner: UUID
    due_on: date
