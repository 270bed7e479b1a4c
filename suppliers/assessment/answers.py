"""What a vendor says, and the files that support it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class Answer(BaseModel):
    """One question's present answer; `revision` counts up with every change of it."""

    model_config = ConfigDict(frozen=True)

    value: Any = None
    note: str = ""
    revision: int
    by: UUID
    at: datetime


class Evidence(BaseModel):
    """A file that supports an answer. `size` in bytes; the bytes are stored under their SHA-256."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    question: str
    filename: str
    media_type: str
    size: int
    sha256: str
    dated: date | None = None
    by: UUID
    at: datetime
